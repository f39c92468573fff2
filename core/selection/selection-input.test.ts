import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { AppError } from '../errors'
import { angle, sceneArbitrary } from './selection.fixture'
import { checkInput, type UncheckedInput } from './selection-input'

const good = { query: angle(0), frames: [angle(10), angle(20), angle(30)] }

/** Field and row that a refusal names. */
function placeOf(input: UncheckedInput, usesCaptions = false): unknown {
  try {
    checkInput(input, usesCaptions)
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.details
    throw thrown
  }
  throw new Error('The input was expected to be refused.')
}

describe('checkInput', () => {
  it('takes lists and typed arrays, and gives times by the second', () => {
    expect(checkInput(good, false)).toEqual({ ...good, captions: undefined, timeSec: [0, 1, 2] })
    const typed = { query: Float32Array.from(angle(0)), frames: good.frames.map((frame) => Float32Array.from(frame)) }
    expect(checkInput(typed, false).frames[1]).toBeInstanceOf(Float32Array)
  })

  it('takes any sound scene as it is', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.boolean(), (scene, usesCaptions) => {
        expect(checkInput(scene, usesCaptions)).toEqual(scene)
      }),
    )
  })

  it('takes what rounding does to the length of a vector', () => {
    const rounded = angle(33).map((value) => Math.round(value * 1e4) / 1e4)
    expect(() => checkInput({ ...good, frames: [rounded] }, false)).not.toThrow()
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['null', null],
    ['text', '0.5'],
    ['a hole', undefined],
  ])('refuses %s and names the row', (_, value) => {
    const input = { ...good, frames: [angle(10), [value, 1], angle(30)] }
    expect(refusalOf(() => checkInput(input, false))).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('frames[1][0]'),
    })
    expect(placeOf(input)).toEqual({ field: 'frames', row: 1 })
  })

  it.each([
    ['query', { ...good, query: undefined }, { field: 'query' }],
    ['query', { ...good, query: [0.5, 0.5] }, { field: 'query' }],
    ['query', { ...good, query: [] }, { field: 'query' }],
    ['query', { ...good, query: 'why?' }, { field: 'query' }],
    ['frames', { ...good, frames: undefined }, { field: 'frames' }],
    ['frames', { ...good, frames: [] }, { field: 'frames' }],
    ['frames', { ...good, frames: { 0: angle(1) } }, { field: 'frames' }],
    ['frames[1]', { ...good, frames: [angle(1), 7] }, { field: 'frames', row: 1 }],
    ['frames[2]', { ...good, frames: [angle(1), angle(2), [0, 0]] }, { field: 'frames', row: 2 }],
    ['frames[2]', { ...good, frames: [angle(1), angle(2), [3, 4]] }, { field: 'frames', row: 2 }],
    ['frames[1]', { ...good, frames: [angle(1), [1, 0, 0]] }, { field: 'frames', row: 1 }],
    ['frames[0]', { ...good, frames: [[1e200, 0]] }, { field: 'frames', row: 0 }],
    ['captions', { ...good, captions: [angle(1)] }, { field: 'captions' }],
    ['captions[0]', { ...good, captions: [[2, 0], angle(2), angle(3)] }, { field: 'captions', row: 0 }],
    ['timeSec', { ...good, timeSec: [0, 1] }, { field: 'timeSec' }],
    ['timeSec', { ...good, timeSec: '0 1 2' }, { field: 'timeSec' }],
    ['timeSec[1]', { ...good, timeSec: [0, Number.NaN, 2] }, { field: 'timeSec', row: 1 }],
    ['timeSec[2]', { ...good, timeSec: [0, 2, 1] }, { field: 'timeSec', row: 2 }],
  ])('names %s', (name, input, place) => {
    expect(refusalOf(() => checkInput(input, false))).toMatchObject({ code: 'invalid_input', message: expect.stringContaining(name) })
    expect(placeOf(input)).toEqual(place)
  })

  it('takes two frames at one time', () => {
    expect(checkInput({ ...good, timeSec: [1, 1, 1] }, false).timeSec).toEqual([1, 1, 1])
  })

  describe('with captions', () => {
    const captions = [angle(1), angle(2), angle(3)]
    const otherModel = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]

    it('needs them', () => {
      expect(placeOf(good, true)).toEqual({ field: 'captions' })
    })

    it('compares the question with captions, so that frames may be of another model', () => {
      expect(checkInput({ ...good, frames: otherModel, captions }, true).frames).toEqual(otherModel)
      expect(placeOf({ ...good, frames: otherModel, captions }, false)).toEqual({ field: 'frames', row: 0 })
    })

    it('wants captions as long as the question and frames as long as each other', () => {
      expect(placeOf({ ...good, captions: otherModel }, true)).toEqual({ field: 'captions', row: 0 })
      expect(
        placeOf(
          {
            ...good,
            frames: [
              [1, 0, 0],
              [0, 1],
              [1, 0, 0],
            ],
            captions,
          },
          true,
        ),
      ).toEqual({ field: 'frames', row: 1 })
    })
  })
})
