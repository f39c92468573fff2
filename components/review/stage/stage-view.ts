/** The viewport of one stage over its life: fits until a hand moves it, survives the change of frame, obeys commands. */
import {
  centred,
  clampPan,
  fitViewport,
  type Point,
  panBy,
  revealRect,
  type Size,
  type Viewport,
  ZOOM_STEP,
  zoomAt,
} from '@/browser/viewport'
import type { Rect } from '@/core/records'
import type { ViewCommand, ViewState } from './stage-types'

export class StageView {
  size: Size = { width: 0, height: 0 }
  image: Size = { width: 0, height: 0 }
  viewport: Viewport = { scale: 1, x: 0, y: 0 }
  isFitted = true
  readonly #onChange: (state: ViewState) => void

  constructor(onChange: (state: ViewState) => void) {
    this.#onChange = onChange
  }

  resize(size: Size): void {
    // The image point in the middle stays in the middle when panels open and close.
    const shift = { x: (size.width - this.size.width) / 2, y: (size.height - this.size.height) / 2 }
    this.size = size
    if (this.isFitted) this.fit()
    else this.#set(clampPan(size, this.image, { ...this.viewport, x: this.viewport.x + shift.x, y: this.viewport.y + shift.y }), false)
  }

  /** Another picture. One of the same size keeps the view, so that frames can be compared; another size or sample is fitted. */
  setImage(image: Size, isOtherSample = false): void {
    if (!isOtherSample && image.width === this.image.width && image.height === this.image.height) return
    this.image = image
    this.fit()
  }

  fit(): void {
    this.#set(fitViewport(this.size, this.image), true)
  }

  zoomBy(factor: number, at: Point): void {
    this.#set(zoomAt(this.size, this.image, this.viewport, at, this.viewport.scale * factor), false)
  }

  pan(dx: number, dy: number): void {
    const next = panBy(this.size, this.image, this.viewport, dx, dy)
    // A picture smaller than the view does not move, so a drag on it must not end the fit.
    if (next.x !== this.viewport.x || next.y !== this.viewport.y) this.#set(next, false)
  }

  /** Zooms happen about the middle of the view: a command has no pointer. */
  obey(command: ViewCommand, rectOf: (boxId: string) => Rect | null): void {
    const middle = { x: this.size.width / 2, y: this.size.height / 2 }
    switch (command.kind) {
      case 'fit':
        this.fit()
        break
      case 'actual':
        this.#set(centred(this.size, this.image, 1), false)
        break
      case 'zoom-in':
        this.zoomBy(ZOOM_STEP, middle)
        break
      case 'zoom-out':
        this.zoomBy(1 / ZOOM_STEP, middle)
        break
      case 'reveal': {
        const rect = rectOf(command.boxId)
        if (!rect) return
        const next = revealRect(this.size, this.image, this.viewport, rect)
        if (next !== this.viewport) this.#set(next, false)
      }
    }
  }

  #set(viewport: Viewport, isFitted: boolean): void {
    const { scale, x, y } = this.viewport
    if (isFitted === this.isFitted && viewport.scale === scale && viewport.x === x && viewport.y === y) return
    this.viewport = viewport
    this.isFitted = isFitted
    this.#onChange({ scale: viewport.scale, isFitted })
  }
}
