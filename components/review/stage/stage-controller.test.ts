import type Konva from 'konva'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { QUIET_PROPS, testBox } from './stage.fixture'
import { StageController, type StageInput } from './stage-controller'
import { LAYER_NAMES, type LayerName } from './stage-scene'
import type { StageProps } from './stage-types'

const SIZE = { width: 400, height: 300 }
const box = (id: string) => testBox(id, { x: 10, y: 10, w: 40, h: 30 })
const onPainted = vi.fn()
const base: StageProps = { ...QUIET_PROPS, imageUrl: '/s1/still', imageSize: SIZE, boxes: [box('b1')], onPainted }
const PICTURE = {} as HTMLImageElement

/** Takes every stroke. */
const context = new Proxy({} as CanvasRenderingContext2D, {
  get: (_, name) => (name === 'measureText' ? () => ({ width: 30 }) : () => {}),
  set: () => true,
})

let stage: StageController
let stop = () => {}
let frames: (() => void)[] = []
let drawn: LayerName[] = []

/** Runs what waits for the next animation frame; says which layers were drawn in it. */
function frame(): readonly LayerName[] {
  drawn = []
  const waiting = frames
  frames = []
  for (const run of waiting) run()
  return drawn
}

function give(change: Partial<StageProps> = {}, state: StageInput['state'] = 'ready') {
  stage.update({ props: { ...base, ...change }, picture: state === 'ready' ? PICTURE : null, state })
}
const other = (change: Partial<StageProps> = {}) => ({ sampleId: 's2', imageUrl: '/s2/still', boxes: [box('b2')], ...change })

beforeEach(() => {
  frames = []
  onPainted.mockReset()
  const style = { getPropertyValue: () => '#000' }
  vi.stubGlobal('window', Object.assign(new EventTarget(), { devicePixelRatio: 1 }))
  vi.stubGlobal('HTMLElement', class {})
  vi.stubGlobal('getComputedStyle', () => style)
  vi.stubGlobal('matchMedia', () => new EventTarget())
  vi.stubGlobal('document', { fonts: { ready: new Promise(() => {}) }, documentElement: {} })
  vi.stubGlobal('MutationObserver', Observer)
  vi.stubGlobal('ResizeObserver', Observer)
  vi.stubGlobal('cancelAnimationFrame', () => {
    frames = []
  })
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run))
  stage = new StageController()
  for (const name of LAYER_NAMES) {
    const canvas = { setPixelRatio: () => {} }
    const draw = () => {
      drawn.push(name)
      stage.paint(name, context)
    }
    stage.setLayer(name, { draw, getCanvas: () => canvas } as unknown as Konva.Layer)
  }
  const host = Object.assign(new EventTarget(), {
    clientWidth: SIZE.width,
    clientHeight: SIZE.height,
    style: {},
    setPointerCapture: () => {},
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
  })
  stop = stage.attach(host as unknown as HTMLElement, { size: () => {} } as unknown as Konva.Stage)
})

class Observer {
  observe() {}
  disconnect() {}
}

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

describe('layers', () => {
  it('draws only those that have something to show, or had', () => {
    give()
    expect(frame()).toEqual(['image', 'idle'])
    give({ selectedBoxId: 'b1' })
    expect(frame()).toEqual(['idle', 'active'])
    give({ selectedBoxId: null })
    expect(frame(), 'the strokes of the one that was selected go').toEqual(['idle', 'active'])
    give({ isHidden: true })
    expect(frame()).toEqual(['idle'])
    give({ isHidden: true, tool: 'draw' })
    expect(frame()).toEqual([])
  })

  it('says once for each picture that it is drawn', () => {
    give()
    frame()
    give({ selectedBoxId: 'b1' })
    frame()
    expect(onPainted.mock.calls).toEqual([['/s1/still']])
  })
})

describe('another frame of the same sample', () => {
  it('holds picture and boxes back until both are there, and keeps the view', () => {
    give({ viewCommand: { kind: 'actual' } })
    const { viewport } = stage.view
    give({ imageUrl: '/s1/other', boxes: [box('b9')] }, 'loading')
    expect(stage.props?.boxes.map(({ id }) => id)).toEqual(['b1'])
    expect(stage.inspect(), 'nothing may be aimed at meanwhile').toEqual([])
    give({ imageUrl: '/s1/other', boxes: [box('b9')] })
    expect(stage.inspect().map(({ id }) => id)).toEqual(['b9'])
    expect(stage.view.viewport).toBe(viewport)
  })
})

describe('another sample', () => {
  it('is fitted, whatever the view was', () => {
    give({ viewCommand: { kind: 'actual' } })
    expect(stage.view.isFitted).toBe(false)
    give(other())
    expect(stage.view.isFitted).toBe(true)
  })

  it('does not leave the picture of the one before under its question while its own is loading', () => {
    give()
    give(other(), 'loading')
    expect(stage.picture).toBeNull()
    expect(stage.isCurrent).toBe(false)
    expect(stage.props?.boxes.map(({ id }) => id)).toEqual(['b2'])
    expect(frame(), 'the boxes of the one before go').toContain('image')
    give(other())
    frame()
    expect(onPainted.mock.calls.at(-1)).toEqual(['/s2/still'])
  })

  it('is painted anew where it shows the same frame', () => {
    give()
    frame()
    give(other({ imageUrl: '/s1/still' }))
    frame()
    expect(onPainted).toHaveBeenCalledTimes(2)
  })

  it('obeys its own orders, and an old one not a second time', () => {
    const order = { kind: 'zoom-in' } as const
    give({ viewCommand: order })
    const { scale } = stage.view.viewport
    give({ viewCommand: order, isHidden: true })
    expect(stage.view.viewport.scale).toBe(scale)
    give({ viewCommand: { kind: 'zoom-in' } })
    expect(stage.view.viewport.scale).toBeGreaterThan(scale)
    give(other({ viewCommand: null }))
    give(other({ viewCommand: { kind: 'zoom-in' } }))
    expect(stage.view.viewport.scale).toBeCloseTo(scale, 9)
  })
})
