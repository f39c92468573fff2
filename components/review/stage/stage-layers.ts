/**
 * What each of the four layers shows. Bottom to top: the picture; idle boxes, untouched while one box is dragged; the draft's
 * ghosts with the selected box; guides, the box being drawn and the loupe.
 */
import { rectToScreen, toScreen } from '@/browser/viewport'
import type { Rect } from '@/core/records'
import { extremeRect } from './extreme-points'
import { type LabelRequest, overlap, placeLabels } from './label-layout'
import {
  dashOf,
  ghostParts,
  labelAlpha,
  labelParts,
  labelWidth,
  paintGhost,
  paintHandles,
  paintIdleBoxes,
  paintLabel,
  paintStrongBox,
} from './paint-box'
import { paintExtremes, paintGuides, paintLoupe } from './paint-overlay'
import type { Palette } from './palette'
import type { LayerName, StageScene } from './stage-scene'
import type { StageBox, StageProps } from './stage-types'

type Context = CanvasRenderingContext2D

/** From this scale on single pixels are what one wants to see, not a smooth picture. */
const PIXEL_SCALE = 2.5
const WAITING_ALPHA = 0.35

/** Boxes without their picture would say where things are in nothing. */
const isWaiting = (stage: StageScene) => stage.isSlow || (!stage.isCurrent && !stage.picture)

/** Whether there is nothing to be painted on a layer. */
export function isBareLayer(name: LayerName, stage: StageScene, props: StageProps): boolean {
  if (name === 'image') return false
  if (isWaiting(stage)) return true
  if (name === 'idle') return props.isHidden || props.boxes.length === 0
  if (name === 'active') return props.isHidden || (props.ghosts.length === 0 && stage.selectedBox() === null)
  const { pointer, drawing, extremes } = stage.gestures
  return drawing === null && extremes.length === 0 && (pointer === null || (!isDrawing(stage, props) && !props.isLoupeOn))
}

/** Paints a layer that is not bare. */
export function paintLayer(name: LayerName, context: Context, stage: StageScene, props: StageProps, palette: Palette): void {
  if (name === 'image') paintPicture(context, stage, props, palette)
  else if (name === 'idle') paintIdle(context, stage, props, palette)
  else if (name === 'active') paintActive(context, stage, props, palette)
  else paintOverlay(context, stage, props, palette)
}

/** Edges on whole pixels keep thin strokes crisp. */
function screenRect(stage: StageScene, rect: Rect): Rect {
  const { x, y, w, h } = rectToScreen(stage.view.viewport, rect)
  const left = Math.round(x)
  const top = Math.round(y)
  return { x: left, y: top, w: Math.max(1, Math.round(x + w) - left), h: Math.max(1, Math.round(y + h) - top) }
}

/** A label belongs to a box one can see; those of boxes outside the view would gather at its border. */
const isInView = (stage: StageScene, rect: Rect) => overlap(rect, { x: 0, y: 0, w: stage.view.size.width, h: stage.view.size.height }) > 0

const filterOf = (props: StageProps) =>
  props.look && (props.look.brightness !== 1 || props.look.contrast !== 1)
    ? `brightness(${props.look.brightness}) contrast(${props.look.contrast})`
    : 'none'

function paintPicture(context: Context, stage: StageScene, props: StageProps, palette: Palette): void {
  const frame = screenRect(stage, { x: 0, y: 0, w: props.imageSize.width, h: props.imageSize.height })
  context.save()
  if (stage.picture) {
    context.globalAlpha = stage.isSlow ? WAITING_ALPHA : 1
    context.imageSmoothingEnabled = stage.view.viewport.scale < PIXEL_SCALE
    context.imageSmoothingQuality = 'high'
    context.filter = filterOf(props)
    context.drawImage(stage.picture, frame.x, frame.y, frame.w, frame.h)
  } else {
    context.fillStyle = palette.well
    context.fillRect(frame.x, frame.y, frame.w, frame.h)
    if (props.imageUrl === null || stage.isCurrent) paintHatch(context, frame, palette)
  }
  context.restore()
}

/** Diagonal lines where a picture should be. */
function paintHatch(context: Context, frame: Rect, palette: Palette): void {
  context.beginPath()
  context.rect(frame.x, frame.y, frame.w, frame.h)
  context.clip()
  context.strokeStyle = palette.hatch
  context.lineWidth = 4
  context.beginPath()
  for (let x = frame.x - frame.h; x < frame.x + frame.w; x += 12) {
    context.moveTo(x, frame.y + frame.h)
    context.lineTo(x + frame.h, frame.y)
  }
  context.stroke()
}

function paintIdle(context: Context, stage: StageScene, props: StageProps, palette: Palette): void {
  const selectedId = stage.selectedBox()?.id ?? null
  const idle = props.boxes.filter((box) => box.id !== selectedId)
  const rects = idle.map((box) => screenRect(stage, box.rect))
  const selected = stage.selectedBox()
  paintIdleBoxes(context, idle, rects, props.hoveredObjectId, palette)
  const parts = idle.map((box) => labelParts(box, false))
  const requests = idle.map((box, place): LabelRequest => {
    return { id: box.id, box: rects[place] ?? box.rect, width: labelWidth(context, parts[place] ?? [], palette), side: 'top' }
  })
  // The selected box takes its place first, so that its label does not push others about while it is dragged.
  const own = selected ? [requestOf(context, stage, selected, palette)] : []
  const places = placeLabels([...own, ...requests], stage.view.size).slice(own.length)
  idle.forEach((box, index) => {
    const place = places[index]
    if (!place) return
    const look = { colour: palette.box[box.colour], isFilled: false, alpha: labelAlpha(box, props.hoveredObjectId) }
    if (isInView(stage, rects[index] ?? box.rect)) paintLabel(context, place.rect, parts[index] ?? [], look, palette)
  })
}

function requestOf(context: Context, stage: StageScene, box: StageBox, palette: Palette): LabelRequest {
  const now = { ...box, rect: stage.rectOf(box) }
  return { id: box.id, box: screenRect(stage, now.rect), width: labelWidth(context, labelParts(now, true), palette), side: 'top' }
}

function paintActive(context: Context, stage: StageScene, props: StageProps, palette: Palette): void {
  const ghosts = props.ghosts.map((ghost) => ({ ghost, rect: screenRect(stage, ghost.rect), parts: ghostParts(ghost) }))
  for (const { rect } of ghosts) paintGhost(context, rect, palette)
  const box = stage.selectedBox()
  const own = box ? requestOf(context, stage, box, palette) : null
  if (box && own) {
    paintStrongBox(context, own.box, palette.box[box.colour], palette, dashOf(box))
    if (!props.isReadOnly && stage.isCurrent && props.tool === 'select') paintHandles(context, own.box, palette.box[box.colour], palette)
  }
  const requests = ghosts.map(({ ghost, rect, parts }): LabelRequest => {
    return { id: `ghost ${ghost.id}`, box: rect, width: labelWidth(context, parts, palette), side: 'bottom' }
  })
  const places = placeLabels(own ? [own, ...requests] : requests, stage.view.size)
  ghosts.forEach(({ ghost, rect, parts }, index) => {
    const place = places[index + (own ? 1 : 0)]
    if (place && ghost.label !== '' && isInView(stage, rect))
      paintLabel(context, place.rect, parts, { colour: palette.ghost, isFilled: false, alpha: 1 }, palette)
  })
  const place = own ? places[0] : undefined
  if (box && own && place && isInView(stage, own.box)) {
    const parts = labelParts({ ...box, rect: stage.rectOf(box) }, true)
    paintLabel(context, place.rect, parts, { colour: palette.box[box.colour], isFilled: true, alpha: 1 }, palette)
  }
}

const isDrawing = (stage: StageScene, props: StageProps) =>
  (props.tool === 'draw' || props.tool === 'extreme') && !props.isReadOnly && stage.isCurrent

function paintOverlay(context: Context, stage: StageScene, props: StageProps, palette: Palette): void {
  const { pointer, drawing, extremes, isPanning } = stage.gestures
  const colour = props.drawColour ? palette.box[props.drawColour] : palette.ghost
  if (pointer && isDrawing(stage, props) && !isPanning) paintGuides(context, pointer, stage.view.size, palette)
  if (drawing) paintStrongBox(context, screenRect(stage, drawing), colour, palette)
  if (extremes.length > 0) {
    const around = extremes.length > 1 ? extremeRect(extremes, props.imageSize) : null
    if (around) paintGhost(context, screenRect(stage, around), palette)
    paintExtremes(
      context,
      extremes.map((point) => toScreen(stage.view.viewport, point)),
      colour,
      palette,
    )
  }
  if (props.isLoupeOn && pointer && stage.picture && stage.isCurrent) {
    const boxes = props.isHidden ? [] : props.boxes.map((box) => ({ rect: stage.rectOf(box), colour: palette.box[box.colour] }))
    paintLoupe(
      context,
      { at: pointer, picture: stage.picture, imageSize: props.imageSize, viewport: stage.view.viewport, boxes, filter: filterOf(props) },
      stage.view.size,
      palette,
    )
  }
}
