import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { select } from './select'
import { angle, areIndices, sceneArbitrary, unit } from './selection.fixture'
import { SELECTION_METHODS } from './selection-options'
import { dot } from './similarity'

const fixedMethods = SELECTION_METHODS.filter((method) => method !== 'adaptive')

describe.each(SELECTION_METHODS)('%s', (method) => {
  it('gives distinct frames in time order with their relevance and time', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.integer({ min: 1, max: 30 }), fc.nat(), (scene, k, seed) => {
        const { indices, scores, timeSec, curve, method: said } = select(method, scene, { k, seed })
        const count = scene.frames.length
        expect(said).toBe(method)
        expect(areIndices(indices, count)).toBe(true)
        expect(indices).toEqual([...indices].sort((a, b) => a - b))
        const compared = method === 'lifo' ? scene.captions : scene.frames
        expect(curve).toEqual(compared.map((vector) => dot(vector, scene.query)))
        expect(scores).toEqual(indices.map((index) => curve[index]))
        expect(timeSec).toEqual(indices.map((index) => scene.timeSec[index]))
        if (method === 'adaptive') {
          expect(indices.length).toBeGreaterThanOrEqual(1)
          expect(indices.length).toBeLessThanOrEqual(Math.min(k, 6, count))
        } else expect(indices.length).toBe(Math.min(k, count))
      }),
    )
  })

  it('gives the same for the same', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.integer({ min: 1, max: 8 }), fc.integer(), (scene, k, seed) => {
        expect(select(method, scene, { k, seed })).toEqual(select(method, scene, { k, seed }))
      }),
    )
  })

  it('does not change its input', () => {
    fc.assert(
      fc.property(sceneArbitrary(), (scene) => {
        const before = JSON.stringify(scene)
        select(method, scene, { k: 3 })
        expect(JSON.stringify(scene)).toBe(before)
      }),
      { numRuns: 20 },
    )
  })

  it('takes one frame', () => {
    const scene = { query: angle(3), frames: [angle(90)], captions: [angle(80)] }
    expect(select(method, scene, { k: 1 }).indices).toEqual([0])
    expect(select(method, scene, { k: 5 }).indices).toEqual([0])
  })

  it('takes many copies of one picture', () => {
    const frames = new Array(30).fill(unit([1, 2, 3]))
    const { indices } = select(method, { query: unit([1, 0, 0]), frames, captions: frames }, { k: 4 })
    expect(areIndices(indices, 30)).toBe(true)
    expect(indices.length).toBe(method === 'adaptive' ? 1 : 4)
  })

  it('refuses a bad number wherever it is', () => {
    const broken = [angle(1), [Number.NaN, 1], angle(3)]
    const input = { query: angle(0), frames: broken, captions: broken }
    expect(refusalOf(() => select(method, input, { k: 2 }))).toMatchObject({ code: 'invalid_input' })
    expect(refusalOf(() => select(method, { ...input, frames: [], captions: [] }, { k: 2 })).code).toBe('invalid_input')
    expect(refusalOf(() => select(method, { ...input, frames: [angle(1)] }, { k: 0 })).message).toContain('"k"')
  })
})

describe('select', () => {
  const spread = Array.from({ length: 20 }, (_, at) => angle(at * 9))

  it('takes all frames when there are no more than k', () => {
    for (const method of fixedMethods) {
      const { indices, lookedAt } = select(method, { query: angle(0), frames: spread, captions: spread }, { k: 20 })
      expect(indices).toEqual(spread.map((_, index) => index))
      expect(lookedAt).toBe(0)
    }
  })

  it('spreads where all frames are equally relevant', () => {
    // Frames at right angles to the question, each its own.
    const frames = Array.from({ length: 12 }, (_, row) => Array.from({ length: 13 }, (__, column) => (column === row + 1 ? 1 : 0)))
    const query = Array.from({ length: 13 }, (_, column) => (column === 0 ? 1 : 0))
    for (const method of ['uniform', 'topk', 'bolt', 'aks'] as const) {
      expect(select(method, { query, frames }, { k: 3 }).indices).toEqual([2, 6, 10])
    }
  })

  it('says how many frames had to be scored', () => {
    const input = { query: angle(0), frames: spread, timeSec: spread.map((_, at) => at * 20) }
    expect(select('uniform', input, { k: 3 }).lookedAt).toBe(0)
    expect(select('topk', input, { k: 3 }).lookedAt).toBe(20)
    expect(select('focus', input, { k: 3, budget: 7 }).lookedAt).toBe(7)
  })

  it('ranks captions for lifo and frames for the others', () => {
    const input = { query: angle(0), frames: [angle(0), angle(90), angle(90)], captions: [angle(90), angle(45), angle(0)] }
    expect(select('lifo', input, { k: 1 }).indices).toEqual([2])
    expect(select('topk', input, { k: 1 }).indices).toEqual([0])
  })

  it('hands its options on', () => {
    const input = { query: angle(0), frames: [0, 10, 60].map(angle) }
    expect(select('mmr', input, { k: 2, lambda: 0.4 }).indices).toEqual([0, 2])
    expect(select('mmr', input, { k: 2, lambda: 0.9 }).indices).toEqual([0, 1])
    expect(select('adaptive', input, { k: 6, rho: 0, epsilon: 1 }).indices).toEqual([0])
  })

  it('chooses the same pictures with float32 vectors as with JSON numbers', () => {
    fc.assert(
      fc.property(sceneArbitrary(16, 8), fc.constantFrom(...fixedMethods), (scene, method) => {
        const typed = {
          query: Float32Array.from(scene.query),
          frames: scene.frames.map((frame) => Float32Array.from(frame)),
          captions: scene.captions.map((caption) => Float32Array.from(caption)),
          timeSec: scene.timeSec,
        }
        // Rounding may swap frames that tie; then their relevance is the same.
        const [a, b] = [select(method, scene, { k: 1 }), select(method, typed, { k: 1 })]
        if (['topk', 'mmr', 'dpp', 'lifo'].includes(method)) expect(b.scores[0]).toBeCloseTo(a.scores[0] ?? 0, 3)
      }),
    )
  })
})
