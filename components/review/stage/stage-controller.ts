/**
 * The moving part of the stage. React hands over the scene; everything that happens between two commits (drag, zoom, hover
 * lines) is drawn from here without a render, one draw of the touched layers per animation frame.
 */
import type Konva from 'konva'
import { type Point, rectToScreen, type Viewport } from '@/browser/viewport'
import type { Rect } from '@/core/records'
import type { HitBox } from './hit-test'
import { forgetTextWidths } from './paint-box'
import { type Palette, readPalette, watchTheme } from './palette'
import { StageGestures } from './stage-gestures'
import { isBareLayer, paintLayer } from './stage-layers'
import { LAYER_NAMES, type LayerName } from './stage-scene'
import type { StageBox, StageProps, ViewCommand } from './stage-types'
import { StageView } from './stage-view'

/** What the host must give anew with each render. The picture is the decoded still of `props.imageUrl`, or null. */
export type StageInput = {
  readonly props: StageProps
  readonly picture: HTMLImageElement | null
  readonly state: 'ready' | 'loading' | 'slow' | 'missing'
}

export class StageController {
  readonly view = new StageView((state) => {
    this.invalidate(...LAYER_NAMES)
    this.props?.onViewChange?.(state)
  })
  readonly gestures = new StageGestures(this)
  /** The props of the frame whose picture is on the stage; lags behind while the next picture is being decoded. */
  props: StageProps | null = null
  picture: HTMLImageElement | null = null
  palette: Palette | null = null
  /** False while the stage still shows the frame before: nothing may be edited then. */
  isCurrent = false
  isSlow = false
  /** The rectangle under the hand, ahead of the props until the owner has answered. */
  override: { readonly boxId: string; readonly rect: Rect } | null = null

  readonly #layers = new Map<LayerName, Konva.Layer>()
  #stage: Konva.Stage | null = null
  #host: HTMLElement | null = null
  readonly #dirty = new Set<LayerName>()
  #frame = 0
  #paintedUrl: string | null = null
  #lastCommand: ViewCommand | null = null
  /** Layers without a stroke on them: what draws nothing on these is left out, each canvas drawn has to be shown anew. */
  readonly #blank = new Set<LayerName>()
  #hits: { boxes: readonly StageBox[]; viewport: Viewport; list: readonly HitBox[] } | null = null

  /** Starts watching the host's size, theme and input. Returns how to stop. */
  attach(host: HTMLElement, stage: Konva.Stage): () => void {
    this.#host = host
    this.#stage = stage
    this.palette = readPalette(host)
    const sizes = new ResizeObserver(() => this.#measure())
    sizes.observe(host)
    const stopTheme = watchTheme(() => this.#restyle())
    const stopRatio = watchPixelRatio(() => this.#measure())
    const stopInput = this.gestures.attach(host)
    let isAttached = true
    // Labels drawn before the web font arrived have the widths of another font.
    void document.fonts.ready.then(() => {
      if (isAttached) this.#restyle()
    })
    this.#measure()
    return () => {
      isAttached = false
      sizes.disconnect()
      stopTheme()
      stopRatio()
      stopInput()
      cancelAnimationFrame(this.#frame)
      this.#frame = 0
      this.#stage = null
      this.#host = null
    }
  }

  setLayer(name: LayerName, layer: Konva.Layer | null): void {
    if (layer) this.#layers.set(name, layer)
    else this.#layers.delete(name)
    this.#blank.add(name)
    if (layer) this.invalidate(name)
  }

  /**
   * Takes the scene of a render. Boxes of a frame whose picture is not here yet are held back: picture and boxes swap together.
   * Of another sample nothing is held back, its question is on the screen already.
   */
  update({ props, picture, state }: StageInput): void {
    const isOtherSample = this.props !== null && this.props.sampleId !== props.sampleId
    if (isOtherSample) this.#clear()
    const before = isOtherSample ? null : this.props
    if ((state === 'loading' || state === 'slow') && before !== null) {
      this.isCurrent = false
      this.gestures.cancel()
      if (this.isSlow !== (state === 'slow')) {
        this.isSlow = state === 'slow'
        this.invalidate(...LAYER_NAMES)
      }
      return
    }
    const isOtherFrame = before?.imageUrl !== props.imageUrl
    if (isOtherFrame) this.gestures.cancel()
    this.props = props
    this.isCurrent = state === 'ready' || state === 'missing'
    this.isSlow = state === 'slow'
    if (before?.boxes !== props.boxes && this.gestures.draggedBoxId === null) this.override = null
    this.view.setImage(props.imageSize, isOtherSample)
    this.#invalidateChanged(before, props, picture)
    this.picture = picture
    this.gestures.refresh(before)
    this.#obey(props.viewCommand)
  }

  #clear(): void {
    this.gestures.forget()
    this.picture = null
    this.#paintedUrl = null
  }

  invalidate(...names: readonly LayerName[]): void {
    for (const name of names) this.#dirty.add(name)
    if (this.#frame === 0 && this.#stage) this.#frame = requestAnimationFrame(() => this.#drawFrame())
  }

  /** Where a box is now, hand included; image units. */
  rectOf(box: StageBox): Rect {
    return this.override?.boxId === box.id ? this.override.rect : box.rect
  }

  selectedBox(): StageBox | null {
    const id = this.gestures.draggedBoxId ?? this.props?.selectedBoxId ?? null
    return id === null ? null : (this.props?.boxes.find((box) => box.id === id) ?? null)
  }

  /** Screen rectangles of all boxes, made once per scene and viewport. */
  hitBoxes(): readonly HitBox[] {
    const boxes = this.props?.boxes ?? []
    const viewport = this.view.viewport
    if (this.#hits?.boxes !== boxes || this.#hits.viewport !== viewport) {
      this.#hits = { boxes, viewport, list: boxes.map((box) => ({ id: box.id, rect: rectToScreen(viewport, box.rect) })) }
    }
    return this.#hits.list
  }

  setCursor(cursor: string): void {
    if (this.#host && this.#host.style.cursor !== cursor) this.#host.style.cursor = cursor
  }

  localPoint(event: { clientX: number; clientY: number }): Point {
    const bounds = this.#host?.getBoundingClientRect()
    return { x: event.clientX - (bounds?.left ?? 0), y: event.clientY - (bounds?.top ?? 0) }
  }

  /** Boxes in window pixels, for tests that aim a real mouse at them. */
  inspect(): readonly { id: string; x: number; y: number; w: number; h: number }[] {
    const bounds = this.#host?.getBoundingClientRect()
    if (!bounds || !this.isCurrent) return []
    return (this.props?.boxes ?? []).map((box) => {
      const rect = rectToScreen(this.view.viewport, this.rectOf(box))
      return { id: box.id, x: rect.x + bounds.left, y: rect.y + bounds.top, w: rect.w, h: rect.h }
    })
  }

  #drawFrame(): void {
    this.#frame = 0
    this.gestures.beforeDraw()
    for (const name of LAYER_NAMES) if (this.#dirty.delete(name)) this.#drawLayer(name)
    const url = this.props?.imageUrl ?? null
    if (url === null || url === this.#paintedUrl || !this.isCurrent || !this.picture || this.#layers.size < LAYER_NAMES.length) return
    this.#paintedUrl = url
    this.props?.onPainted?.(url)
  }

  #drawLayer(name: LayerName): void {
    const isBare = this.props === null || isBareLayer(name, this, this.props)
    if (isBare && this.#blank.has(name)) return
    this.#layers.get(name)?.draw()
    if (isBare) this.#blank.add(name)
  }

  paint(name: LayerName, context: CanvasRenderingContext2D): void {
    if (!this.props || !this.palette || isBareLayer(name, this, this.props)) return
    this.#blank.delete(name)
    paintLayer(name, context, this, this.props, this.palette)
  }

  #invalidateChanged(before: StageProps | null, props: StageProps, picture: HTMLImageElement | null): void {
    const isSameScene =
      before !== null &&
      before.isHidden === props.isHidden &&
      before.hoveredObjectId === props.hoveredObjectId &&
      before.selectedBoxId === props.selectedBoxId &&
      before.imageUrl === props.imageUrl &&
      sameIdleBoxes(before.boxes, props.boxes, props.selectedBoxId)
    if (!isSameScene) this.invalidate('idle')
    if (before?.look !== props.look || this.picture !== picture || before?.imageUrl !== props.imageUrl) this.invalidate('image')
    this.invalidate('active', 'overlay')
  }

  #obey(command: ViewCommand | null): void {
    if (!command || command === this.#lastCommand || this.view.size.width === 0) return
    this.#lastCommand = command
    this.view.obey(command, (boxId) => this.props?.boxes.find((box) => box.id === boxId)?.rect ?? null)
  }

  #measure(): void {
    const host = this.#host
    const stage = this.#stage
    if (!host || !stage) return
    for (const layer of this.#layers.values()) layer.getCanvas().setPixelRatio(window.devicePixelRatio)
    stage.size({ width: host.clientWidth, height: host.clientHeight })
    this.view.resize({ width: host.clientWidth, height: host.clientHeight })
    if (this.props) this.#obey(this.props.viewCommand)
    this.invalidate(...LAYER_NAMES)
    // A resized canvas is blank; waiting for the next frame would show it.
    cancelAnimationFrame(this.#frame)
    this.#drawFrame()
  }

  #restyle(): void {
    if (!this.#host) return
    forgetTextWidths()
    this.palette = readPalette(this.#host)
    this.invalidate(...LAYER_NAMES)
  }
}

/** Whether all boxes but the selected one are drawn as before: then a drag need not touch the layer of idle boxes. */
function sameIdleBoxes(before: readonly StageBox[], after: readonly StageBox[], selectedId: string | null): boolean {
  if (before === after) return true
  if (before.length !== after.length) return false
  return before.every((old, place) => {
    const box = after[place]
    if (old === box) return true
    if (!box || old.id !== box.id) return false
    if (box.id === selectedId) return true
    return (
      old.objectId === box.objectId &&
      old.number === box.number &&
      old.colour === box.colour &&
      old.label === box.label &&
      old.isDimmed === box.isDimmed &&
      old.isMissing === box.isMissing &&
      old.verdict === box.verdict &&
      old.rect.x === box.rect.x &&
      old.rect.y === box.rect.y &&
      old.rect.w === box.rect.w &&
      old.rect.h === box.rect.h
    )
  })
}

/** A window moved to another display, or the page zoom, changes the ratio; the query has to be renewed each time. */
function watchPixelRatio(onChange: () => void): () => void {
  let query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
  const changed = () => {
    query.removeEventListener('change', changed)
    query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', changed)
    onChange()
  }
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
