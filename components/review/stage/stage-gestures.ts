/** Pointer, wheel and the few keys that belong to a gesture, turned into edits of one rectangle or of the view. */
import { type Point, toImage, wheelFactor } from '@/browser/viewport'
import type { Rect } from '@/core/records'
import { drawnRect, type Handle, handlePoint, moveRect, resizeRect, snap } from './edit-rect'
import { addExtreme, removeExtreme } from './extreme-points'
import { boxesAt, handleAt, isInside, pickBox } from './hit-test'
import { cursorOf, isTyping } from './stage-cursor'
import type { GestureStage } from './stage-scene'
import type { StageProps } from './stage-types'

/** A press that moves less than this is a click. */
const CLICK_SLOP_PX = 3

type Gesture =
  | { kind: 'pan'; last: Point }
  | { kind: 'press'; at: Point; dragId: string | null; isCycling: boolean }
  | { kind: 'edit'; boxId: string; handle: Handle | null; start: Rect; from: Point; hasReported: boolean }
  | { kind: 'draw'; from: Point; at: Point }

export class StageGestures {
  /** Last place of the pointer over the stage, in its pixels; null when it is elsewhere. */
  pointer: Point | null = null
  /** The rectangle being drawn, image units. */
  drawing: Rect | null = null
  extremes: readonly Point[] = []
  readonly #stage: GestureStage
  #gesture: Gesture | null = null
  #isShift = false
  #isSpaceHeld = false
  #hasSpacePanned = false
  /** There is a movement that the next frame has to take up. */
  #hasMoved = false
  #hovered: string | null = null

  constructor(stage: GestureStage) {
    this.#stage = stage
  }

  get draggedBoxId(): string | null {
    return this.#gesture?.kind === 'edit' ? this.#gesture.boxId : null
  }

  get isPanning(): boolean {
    return this.#gesture?.kind === 'pan'
  }

  attach(host: HTMLElement): () => void {
    const stop = new AbortController()
    const { signal } = stop
    host.addEventListener('pointerdown', (event) => this.#down(event, host), { signal })
    host.addEventListener('pointermove', (event) => this.#move(event), { signal })
    host.addEventListener('pointerup', (event) => this.#up(event), { signal })
    host.addEventListener('pointercancel', () => this.cancel(), { signal })
    host.addEventListener('pointerleave', () => this.#leave(), { signal })
    host.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false })
    // The middle button would start the browser's own scrolling.
    host.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), { signal })
    window.addEventListener('keydown', (event) => this.#key(event, true), { signal, capture: true })
    window.addEventListener('keyup', (event) => this.#key(event, false), { signal, capture: true })
    window.addEventListener('blur', () => this.#forgetKeys(), { signal })
    return () => stop.abort()
  }

  /** Ends a running gesture without its effect. A box already reported as moved is reported back where it was. */
  cancel(): void {
    const gesture = this.#gesture
    this.#gesture = null
    this.#hasMoved = false
    this.drawing = null
    this.extremes = []
    this.#stage.override = null
    if (gesture?.kind === 'edit' && gesture.hasReported) this.#stage.props?.onChange(gesture.boxId, gesture.start, { isFinal: true })
    this.#stage.invalidate('idle', 'active', 'overlay')
  }

  /** Another sample is coming: nothing is under the hand any more. The pointer stays where it is. */
  forget(): void {
    this.cancel()
    this.#hovered = null
  }

  /** Called after each taking of new props. */
  refresh(before: StageProps | null): void {
    const props = this.#stage.props
    if (before && props && before.tool !== props.tool && this.#gesture?.kind !== 'pan') this.cancel()
    this.#hoverCursor()
  }

  /** Called once per frame before drawing: takes up the movement since the last frame. */
  beforeDraw(): void {
    if (!this.#hasMoved) return
    this.#hasMoved = false
    const rect = this.#applyEdit()
    if (rect && this.#gesture?.kind === 'edit') {
      this.#gesture.hasReported = true
      this.#stage.props?.onChange(this.#gesture.boxId, rect, { isFinal: false })
    }
  }

  #down(event: PointerEvent, host: HTMLElement): void {
    const props = this.#stage.props
    if (!props || this.#gesture || event.button > 1) return
    const at = this.#stage.localPoint(event)
    this.pointer = at
    this.#isShift = event.shiftKey
    host.setPointerCapture(event.pointerId)
    if (event.button === 1 || this.#isSpaceHeld || props.tool === 'pan') {
      this.#hasSpacePanned = this.#isSpaceHeld
      this.#gesture = { kind: 'pan', last: at }
    } else if (!this.#stage.isCurrent) {
      return
    } else if (props.tool === 'select' || props.isReadOnly) {
      this.#gesture = this.#press(props, at, event.altKey)
    } else if (props.tool === 'draw') {
      const from = this.#snapped(at)
      this.#gesture = { kind: 'draw', from, at }
    } else {
      this.#addExtreme(props, at)
    }
    this.#hoverCursor()
    this.#stage.invalidate('active', 'overlay')
  }

  #press(props: StageProps, at: Point, isCycling: boolean): Gesture {
    const boxes = props.isHidden ? [] : this.#stage.hitBoxes()
    const selected = boxes.find((box) => box.id === props.selectedBoxId)
    const record = props.boxes.find((box) => box.id === props.selectedBoxId)
    const handle = selected && record && !props.isReadOnly ? handleAt(selected.rect, at) : null
    if (record && handle) return { kind: 'edit', boxId: record.id, handle, start: record.rect, from: at, hasReported: false }
    // A drag that begins inside the selected box moves it, even where a smaller box lies on top; a click still picks that one.
    const dragId = selected && isInside(selected.rect, at) && !isCycling ? selected.id : pickBox(boxes, at, props.selectedBoxId, isCycling)
    return { kind: 'press', at, dragId, isCycling }
  }

  #move(event: PointerEvent): void {
    const at = this.#stage.localPoint(event)
    this.pointer = at
    this.#isShift = event.shiftKey
    const gesture = this.#gesture
    const props = this.#stage.props
    if (!props) return
    if (gesture?.kind === 'pan') {
      this.#stage.view.pan(at.x - gesture.last.x, at.y - gesture.last.y)
      gesture.last = at
    } else if (gesture?.kind === 'press' && Math.hypot(at.x - gesture.at.x, at.y - gesture.at.y) > CLICK_SLOP_PX) {
      this.#startDrag(props, gesture)
    } else if (gesture?.kind === 'draw') {
      this.drawing = drawnRect(gesture.from, this.#snapped(at), props.imageSize, this.#isShift)
    } else if (gesture === null) {
      this.#hover(props, at)
    }
    if (this.#gesture?.kind === 'edit') {
      this.#hasMoved = true
      this.#stage.invalidate('active')
    }
    if (props.tool !== 'select' || props.isLoupeOn) this.#stage.invalidate('overlay')
  }

  #startDrag(props: StageProps, press: Extract<Gesture, { kind: 'press' }>): void {
    const box = props.boxes.find((candidate) => candidate.id === press.dragId)
    if (!box || props.isReadOnly) {
      // Dragging bare ground moves an enlarged picture, as in other editors.
      this.#gesture = { kind: 'pan', last: press.at }
      return
    }
    this.#gesture = { kind: 'edit', boxId: box.id, handle: null, start: box.rect, from: press.at, hasReported: false }
    this.#stage.invalidate('idle', 'active')
    if (props.selectedBoxId !== box.id) props.onSelect(box.id)
  }

  #up(event: PointerEvent): void {
    const gesture = this.#gesture
    const props = this.#stage.props
    if (!gesture || !props) return
    this.pointer = this.#stage.localPoint(event)
    if (gesture.kind === 'press') {
      const boxes = props.isHidden ? [] : this.#stage.hitBoxes()
      const picked = pickBox(boxes, gesture.at, props.selectedBoxId, gesture.isCycling)
      this.#gesture = null
      if (picked !== props.selectedBoxId) props.onSelect(picked)
    } else if (gesture.kind === 'edit') {
      const rect = this.#applyEdit()
      this.#gesture = null
      this.#hasMoved = false
      if (rect && (gesture.hasReported || !sameRect(rect, gesture.start))) props.onChange(gesture.boxId, rect, { isFinal: true })
      // An owner that refuses the change sends no new boxes; then the props win again.
      requestAnimationFrame(() => requestAnimationFrame(() => this.#settle()))
    } else if (gesture.kind === 'draw') {
      const rect = this.drawing
      const isDrag = Math.hypot(this.pointer.x - gesture.at.x, this.pointer.y - gesture.at.y) > CLICK_SLOP_PX
      this.#gesture = null
      this.drawing = null
      if (rect && isDrag) this.#finishDrawing(props, rect)
    } else {
      this.#gesture = null
    }
    this.#hoverCursor()
    this.#stage.invalidate('idle', 'active', 'overlay')
  }

  #settle(): void {
    if (this.#gesture?.kind === 'edit' || this.#stage.override === null) return
    this.#stage.override = null
    this.#stage.invalidate('active')
  }

  #finishDrawing(props: StageProps, rect: Rect): void {
    props.onDraw(rect)
    props.onToolDone()
  }

  #addExtreme(props: StageProps, at: Point): void {
    const { points, rect } = addExtreme(this.extremes, this.#snapped(at), props.imageSize)
    this.extremes = points
    if (rect) this.#finishDrawing(props, rect)
  }

  #applyEdit(): Rect | null {
    const gesture = this.#gesture
    const props = this.#stage.props
    if (gesture?.kind !== 'edit' || !props || !this.pointer) return null
    const scale = this.#stage.view.viewport.scale
    const dx = snap((this.pointer.x - gesture.from.x) / scale, scale)
    const dy = snap((this.pointer.y - gesture.from.y) / scale, scale)
    const rect = gesture.handle
      ? this.#resized(gesture.start, gesture.handle, dx, dy, props)
      : moveRect(gesture.start, dx, dy, props.imageSize)
    this.#stage.override = { boxId: gesture.boxId, rect }
    return rect
  }

  #resized(start: Rect, handle: Handle, dx: number, dy: number, props: StageProps): Rect {
    if (dx === 0 && dy === 0) return start
    const scale = this.#stage.view.viewport.scale
    const grip = handlePoint(start, handle)
    return resizeRect(start, handle, { x: snap(grip.x + dx, scale), y: snap(grip.y + dy, scale) }, props.imageSize, this.#isShift)
  }

  #snapped(at: Point): Point {
    const { viewport } = this.#stage.view
    const point = toImage(viewport, at)
    return { x: snap(point.x, viewport.scale), y: snap(point.y, viewport.scale) }
  }

  #hover(props: StageProps, at: Point): void {
    const id = props.isHidden || !this.#stage.isCurrent || props.tool !== 'select' ? null : (boxesAt(this.#stage.hitBoxes(), at)[0] ?? null)
    const objectId = props.boxes.find((box) => box.id === id)?.objectId ?? null
    if (objectId !== this.#hovered) {
      this.#hovered = objectId
      props.onHover(objectId)
    }
    this.#hoverCursor()
  }

  #leave(): void {
    if (this.#gesture) return
    this.pointer = null
    if (this.#hovered !== null) {
      this.#hovered = null
      this.#stage.props?.onHover(null)
    }
    this.#stage.invalidate('overlay')
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault()
    const at = this.#stage.localPoint(event)
    this.pointer = at
    const delta = event.deltaY === 0 && event.shiftKey ? event.deltaX : event.deltaY
    this.#stage.view.zoomBy(wheelFactor(delta, event.deltaMode, event.ctrlKey), at)
  }

  #key(event: KeyboardEvent, isDown: boolean): void {
    if (event.key === 'Shift') {
      this.#isShift = isDown
      this.#hasMoved = this.#gesture?.kind === 'edit'
      this.#stage.invalidate('active')
    }
    if (isTyping(event.target)) return
    if (event.code === 'Space') this.#space(event, isDown)
    if (event.key === 'Escape' && isDown && this.#escape()) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  /** Space alone belongs to the player; a Space that panned the stage is cancelled at keyup. */
  #space(event: KeyboardEvent, isDown: boolean): void {
    if (isDown && this.pointer && !this.#isSpaceHeld) this.#hasSpacePanned = false
    if (!isDown && this.#hasSpacePanned) event.preventDefault()
    this.#isSpaceHeld = isDown && this.pointer !== null
    this.#hoverCursor()
  }

  /** Takes back the last click, else the gesture, else leaves the tool. False when there is nothing of ours to end. */
  #escape(): boolean {
    const props = this.#stage.props
    if (!props) return false
    if (this.extremes.length > 0) {
      this.extremes = removeExtreme(this.extremes)
      this.#stage.invalidate('overlay')
      return true
    }
    if (this.#gesture && this.#gesture.kind !== 'pan') {
      this.cancel()
      return true
    }
    if ((props.tool === 'draw' || props.tool === 'extreme') && !props.isReadOnly) {
      props.onToolDone()
      return true
    }
    return false
  }

  #forgetKeys(): void {
    this.#isShift = false
    this.#isSpaceHeld = false
  }

  #hoverCursor(): void {
    const props = this.#stage.props
    if (!props) return
    const selected = props.isHidden ? undefined : this.#stage.hitBoxes().find((box) => box.id === props.selectedBoxId)
    this.#stage.setCursor(
      cursorOf({
        tool: props.tool,
        isReadOnly: props.isReadOnly,
        isPanReady: this.#isSpaceHeld || props.tool === 'pan',
        isPanning: this.isPanning,
        isMoving: this.#gesture?.kind === 'edit' && this.#gesture.handle === null,
        handle:
          this.#gesture?.kind === 'edit' ? this.#gesture.handle : selected && this.pointer ? handleAt(selected.rect, this.pointer) : null,
        isOverSelected: Boolean(selected && this.pointer && isInside(selected.rect, this.pointer)),
        isOverBox: this.#hovered !== null,
      }),
    )
  }
}

const sameRect = (a: Rect, b: Rect) => a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h
