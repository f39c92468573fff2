import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rectToScreen } from '@/browser/viewport'
import { QUIET_PROPS, testBox } from './stage.fixture'
import { StageController } from './stage-controller'
import type { StageProps } from './stage-types'

/** A box of screen pixels: the view is set to scale 1 with the picture at the origin. */
const box = (id: string, x: number, y: number, w: number, h: number) => testBox(id, { x, y, w, h })

const calls = {
  onSelect: vi.fn<StageProps['onSelect']>(),
  onHover: vi.fn<StageProps['onHover']>(),
  onChange: vi.fn<StageProps['onChange']>(),
  onDraw: vi.fn<StageProps['onDraw']>(),
  onToolDone: vi.fn<StageProps['onToolDone']>(),
}
const base: StageProps = {
  ...QUIET_PROPS,
  ...calls,
  boxes: [box('large', 100, 100, 400, 300), box('small', 200, 200, 60, 50)],
}

let stage = new StageController()
let host = new EventTarget()
let stop = () => {}

/** Plain events with the fields the gestures read; Node has no pointer events of its own. */
function fire(target: EventTarget, type: string, fields: Record<string, unknown>): Event {
  const event = Object.assign(new Event(type, { cancelable: true }), { button: 0, shiftKey: false, altKey: false, ctrlKey: false }, fields)
  target.dispatchEvent(event)
  return event
}
const at = (x: number, y: number) => ({ clientX: x, clientY: y, pointerId: 1 })
const down = (x: number, y: number, more = {}) => fire(host, 'pointerdown', { ...at(x, y), ...more })
const move = (x: number, y: number, more = {}) => fire(host, 'pointermove', { ...at(x, y), ...more })
const up = (x: number, y: number) => fire(host, 'pointerup', at(x, y))
const key = (type: string, name: string) => fire(window, type, { key: name, code: name === ' ' ? 'Space' : name })
const click = (x: number, y: number, more = {}) => {
  down(x, y, more)
  up(x, y)
}

function give(change: Partial<StageProps> = {}) {
  stage.update({ props: { ...(stage.props ?? base), ...change }, picture: null, state: 'ready' })
}

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('HTMLElement', class {})
  vi.stubGlobal('requestAnimationFrame', () => 0)
  for (const call of Object.values(calls)) call.mockReset()
  host = Object.assign(new EventTarget(), { setPointerCapture: () => {} })
  stage = new StageController()
  stop = stage.gestures.attach(host as unknown as HTMLElement)
  stage.view.resize({ width: 1000, height: 600 })
  stage.update({ props: base, picture: null, state: 'ready' })
  stage.view.obey({ kind: 'actual' }, () => null)
})

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

describe('selecting', () => {
  it('picks the smallest box under a click, and nothing on bare ground', () => {
    click(220, 220)
    expect(calls.onSelect).toHaveBeenLastCalledWith('small')
    give({ selectedBoxId: 'small' })
    click(900, 500)
    expect(calls.onSelect).toHaveBeenLastCalledWith(null)
  })

  it('goes to the box below with alt', () => {
    give({ selectedBoxId: 'small' })
    click(220, 220, { altKey: true })
    expect(calls.onSelect).toHaveBeenLastCalledWith('large')
  })

  it('tells the object under the pointer, once, and that it has left', () => {
    move(220, 220)
    move(222, 221)
    fire(host, 'pointerleave', at(0, 0))
    expect(calls.onHover.mock.calls).toEqual([['o-small'], [null]])
  })
})

describe('moving and resizing', () => {
  it('moves by a drag, reported live at each frame and finally once', () => {
    give({ selectedBoxId: 'large' })
    down(400, 350)
    move(405, 350)
    move(420, 360)
    stage.gestures.beforeDraw()
    stage.gestures.beforeDraw()
    up(430, 365)
    const rect = { x: 130, y: 115, w: 400, h: 300 }
    expect(calls.onChange.mock.calls).toEqual([
      ['large', { x: 120, y: 110, w: 400, h: 300 }, { isFinal: false }],
      ['large', rect, { isFinal: true }],
    ])
  })

  it('selects the box that a drag begins on', () => {
    down(220, 220)
    move(240, 220)
    expect(calls.onSelect).toHaveBeenLastCalledWith('small')
    up(240, 220)
    expect(calls.onChange).toHaveBeenLastCalledWith('small', { x: 220, y: 200, w: 60, h: 50 }, { isFinal: true })
  })

  it('resizes by a handle, with the aspect kept under shift', () => {
    give({ selectedBoxId: 'large' })
    down(500, 400)
    move(540, 410)
    up(540, 410)
    expect(calls.onChange).toHaveBeenLastCalledWith('large', { x: 100, y: 100, w: 440, h: 310 }, { isFinal: true })
    down(500, 400)
    move(600, 400, { shiftKey: true })
    up(600, 400)
    expect(calls.onChange).toHaveBeenLastCalledWith('large', { x: 100, y: 100, w: 500, h: 375 }, { isFinal: true })
  })

  it('puts the box back with escape', () => {
    give({ selectedBoxId: 'large' })
    down(400, 350)
    move(450, 350)
    stage.gestures.beforeDraw()
    expect(key('keydown', 'Escape').defaultPrevented).toBe(true)
    up(450, 350)
    expect(calls.onChange.mock.calls.at(-1)).toEqual(['large', { x: 100, y: 100, w: 400, h: 300 }, { isFinal: true }])
  })

  it('reports nothing for a drag that ends where it began', () => {
    give({ selectedBoxId: 'large' })
    down(400, 350)
    move(410, 350)
    move(400, 350)
    up(400, 350)
    expect(calls.onChange).not.toHaveBeenCalled()
  })

  it('changes nothing when only reading is allowed', () => {
    give({ selectedBoxId: 'large', isReadOnly: true })
    down(500, 400)
    move(560, 460)
    up(560, 460)
    expect(calls.onChange).not.toHaveBeenCalled()
    click(220, 220)
    expect(calls.onSelect).toHaveBeenLastCalledWith('small')
  })

  it('ends with the frame it belongs to', () => {
    give({ selectedBoxId: 'large' })
    down(400, 350)
    move(450, 350)
    give({ imageUrl: '/f2', boxes: [box('other', 0, 0, 10, 10)] })
    up(470, 350)
    expect(calls.onChange).not.toHaveBeenCalled()
  })
})

describe('drawing', () => {
  it('draws by a drag and leaves the tool', () => {
    give({ tool: 'draw' })
    down(600, 450)
    move(700, 520)
    up(700, 520)
    expect(calls.onDraw.mock.calls).toEqual([[{ x: 600, y: 450, w: 100, h: 70 }]])
    expect(calls.onToolDone).toHaveBeenCalledOnce()
  })

  it('takes a mere click for a slip', () => {
    give({ tool: 'draw' })
    click(600, 450)
    expect(calls.onDraw).not.toHaveBeenCalled()
    expect(calls.onToolDone).not.toHaveBeenCalled()
  })

  it('draws by four extreme clicks; escape takes one back, then leaves the tool', () => {
    give({ tool: 'extreme' })
    click(300, 50)
    click(999, 999)
    key('keydown', 'Escape')
    click(250, 90)
    click(300, 140)
    expect(calls.onDraw).not.toHaveBeenCalled()
    click(380, 100)
    expect(calls.onDraw.mock.calls).toEqual([[{ x: 250, y: 50, w: 130, h: 90 }]])
    expect(calls.onToolDone).toHaveBeenCalledOnce()
    give({ tool: 'select' })
    give({ tool: 'extreme' })
    key('keydown', 'Escape')
    expect(calls.onToolDone).toHaveBeenCalledTimes(2)
  })

  it('leaves escape to others when there is nothing to end', () => {
    expect(key('keydown', 'Escape').defaultPrevented).toBe(false)
  })
})

describe('the view', () => {
  const left = () => rectToScreen(stage.view.viewport, { x: 0, y: 0, w: 1, h: 1 }).x

  it('pans with the middle button, and with space, whose release is then spent', () => {
    stage.view.zoomBy(3, { x: 500, y: 300 })
    const start = left()
    down(500, 300, { button: 1 })
    move(520, 300)
    up(520, 300)
    expect(left()).toBeCloseTo(start + 20, 6)
    key('keydown', ' ')
    down(220, 220)
    move(250, 220)
    up(250, 220)
    expect(key('keyup', ' ').defaultPrevented).toBe(true)
    expect(left()).toBeCloseTo(start + 50, 6)
    expect(calls.onSelect).not.toHaveBeenCalled()
  })

  it('leaves a space that panned nothing to the player', () => {
    move(220, 220)
    key('keydown', ' ')
    expect(key('keyup', ' ').defaultPrevented).toBe(false)
  })

  it('zooms with the wheel and keeps the page where it is', () => {
    const event = fire(host, 'wheel', { ...at(500, 300), deltaX: 0, deltaY: -100, deltaMode: 0 })
    expect(event.defaultPrevented).toBe(true)
    expect(stage.view.viewport.scale).toBeGreaterThan(1)
  })
})

describe('the change of frames', () => {
  it('holds the boxes of the next frame back until its picture is there', () => {
    const next = { ...base, imageUrl: '/f2', boxes: [box('next', 0, 0, 10, 10)] }
    stage.update({ props: next, picture: null, state: 'loading' })
    expect(stage.isCurrent).toBe(false)
    expect(stage.props?.boxes).toBe(base.boxes)
    down(220, 220)
    up(220, 220)
    expect(calls.onSelect).not.toHaveBeenCalled()
    stage.update({ props: next, picture: null, state: 'ready' })
    expect(stage.props?.boxes).toBe(next.boxes)
    expect(stage.isCurrent).toBe(true)
  })
})
