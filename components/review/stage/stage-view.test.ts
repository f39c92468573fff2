import { beforeEach, describe, expect, it, vi } from 'vitest'
import { toImage } from '@/browser/viewport'
import type { ViewState } from './stage-types'
import { StageView } from './stage-view'

const nowhere = () => null
let told: ViewState[] = []
let view = new StageView(() => {})

beforeEach(() => {
  told = []
  view = new StageView((state) => told.push(state))
  view.resize({ width: 824, height: 490 })
  view.setImage({ width: 1280, height: 720 })
})

describe('StageView', () => {
  it('fits until a hand moves it, and fits again when the room changes', () => {
    expect(view.viewport.scale).toBeCloseTo(0.625, 6)
    view.resize({ width: 1304, height: 744 })
    expect(view.viewport.scale).toBeCloseTo(1, 6)
    expect(told.at(-1)).toEqual({ scale: view.viewport.scale, isFitted: true })
  })

  it('keeps a zoomed view over the change to another frame of the same size, not to one of another size', () => {
    view.zoomBy(3, { x: 100, y: 100 })
    const before = view.viewport
    view.setImage({ width: 1280, height: 720 })
    expect(view.viewport).toBe(before)
    view.setImage({ width: 720, height: 1280 })
    expect(view.isFitted).toBe(true)
  })

  it('keeps the middle in the middle when a zoomed stage is resized', () => {
    view.obey({ kind: 'actual' }, nowhere)
    const middle = toImage(view.viewport, { x: 412, y: 245 })
    view.resize({ width: 624, height: 390 })
    const after = toImage(view.viewport, { x: 312, y: 195 })
    expect(after.x).toBeCloseTo(middle.x, 6)
    expect(after.y).toBeCloseTo(middle.y, 6)
  })

  it('does not lose the fit by a drag that cannot move anything', () => {
    view.pan(30, 30)
    expect(view.isFitted).toBe(true)
    view.zoomBy(4, { x: 400, y: 200 })
    view.pan(30, 30)
    expect(view.isFitted).toBe(false)
  })

  it('obeys each command', () => {
    view.obey({ kind: 'actual' }, nowhere)
    expect(view.viewport.scale).toBe(1)
    view.obey({ kind: 'zoom-in' }, nowhere)
    expect(view.viewport.scale).toBe(1.25)
    view.obey({ kind: 'zoom-out' }, nowhere)
    expect(view.viewport.scale).toBe(1)
    view.obey({ kind: 'fit' }, nowhere)
    expect(view.isFitted).toBe(true)
  })

  it('reveals a box by its rectangle and ignores one that is gone', () => {
    view.zoomBy(10, { x: 0, y: 0 })
    const rectOf = vi.fn(() => ({ x: 1200, y: 680, w: 40, h: 20 }))
    view.obey({ kind: 'reveal', boxId: 'b1' }, rectOf)
    expect(rectOf).toHaveBeenCalledWith('b1')
    const corner = toImage(view.viewport, { x: 824, y: 490 })
    expect(corner.x).toBeGreaterThan(1240)
    const before = view.viewport
    view.obey({ kind: 'reveal', boxId: 'gone' }, nowhere)
    expect(view.viewport).toBe(before)
  })
})
