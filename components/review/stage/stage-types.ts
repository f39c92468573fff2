import type { Rect, Verdict } from '@/core/records'

/** One of the eight colours of the palette `--box-1 … --box-8`; an object keeps its colour everywhere. */
export type ColourNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** A box as the stage draws it. `rect` in float pixels of the still. `label` is the object's phrase. */
export type StageBox = {
  readonly id: string
  readonly objectId: string
  readonly number: number
  readonly colour: ColourNumber
  readonly label: string
  readonly rect: Rect
  readonly isDimmed: boolean
  readonly verdict: Verdict
  /** Drawn dashed: the box is named by the draft, its object is not found on this frame. */
  readonly isMissing?: boolean
}

export type StageTool = 'select' | 'draw' | 'extreme' | 'pan'

/** An order to the view. Each new object is obeyed once. `reveal` brings a box into view. */
export type ViewCommand = { readonly kind: 'fit' | 'actual' | 'zoom-in' | 'zoom-out' } | { readonly kind: 'reveal'; readonly boxId: string }

/** What the view shows now, for the zoom read-out. `scale` 1 = one image pixel on one CSS pixel. */
export type ViewState = { readonly scale: number; readonly isFitted: boolean }

/** Both as factors, 1 = as it is. Changes what is seen, never what is stored. */
export type PictureLook = { readonly brightness: number; readonly contrast: number }

export type StageProps = {
  /** The sample whose frames these are. Another one begins anew: fitted, nothing under the hand, nothing of the one before on show. */
  readonly sampleId: string
  /** `null` = there is no picture of this frame (missing media). */
  readonly imageUrl: string | null
  readonly imageSize: { readonly width: number; readonly height: number }
  readonly boxes: readonly StageBox[]
  /** Draft boxes under the present ones. Drawn white and dashed, never hit. `label` is drawn as it is (“draft IoU .52”). */
  readonly ghosts: readonly StageBox[]
  readonly selectedBoxId: string | null
  readonly hoveredObjectId: string | null
  readonly tool: StageTool
  readonly isHidden: boolean
  readonly isReadOnly: boolean
  readonly onSelect: (boxId: string | null) => void
  readonly onHover: (objectId: string | null) => void
  /** At most once a frame with `isFinal: false` while a box is dragged, then once with `isFinal: true`. */
  readonly onChange: (boxId: string, rect: Rect, change: { readonly isFinal: boolean }) => void
  readonly onDraw: (rect: Rect) => void
  /** The tool has done its work or was left with Escape: go back to `select`. */
  readonly onToolDone: () => void
  readonly viewCommand: ViewCommand | null
  readonly onViewChange?: (state: ViewState) => void
  /** The picture and boxes of a frame have been drawn, once for each change of `imageUrl`; the browser shows them with this frame. */
  readonly onPainted?: (imageUrl: string) => void
  /** Hold-to-see magnifier under the pointer. */
  readonly isLoupeOn?: boolean
  readonly look?: PictureLook
  /** Text alternative of the canvas. Without it one is made of the boxes. */
  readonly description?: string
  /** Colour of the rectangle that is being drawn (the object that will get the box). */
  readonly drawColour?: ColourNumber | null
  /** Why there is no picture, in one sentence. */
  readonly missingText?: string
}
