import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { select, selectScored } from './select'
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

describe('selectScored', () => {
  it.each(SELECTION_METHODS)('chooses by %s as from embeddings, when the scores are the cosines', (method) => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.integer({ min: 1, max: 8 }), fc.nat(), (scene, k, seed) => {
        const known = select(method, scene, { k, seed })
        const { query: _, ...candidates } = scene
        expect(selectScored(method, { ...candidates, scores: known.curve }, { k, seed })).toEqual(known)
      }),
    )
  })

  it('goes by the scores, not by what the frames look like', () => {
    const frames = [angle(0), angle(10), angle(20), angle(30)]
    const timeSec = [0, 1, 2, 3]
    const { indices, scores, curve } = selectScored('topk', { frames, timeSec, scores: [0, 0.2, 1, 0.1] }, { k: 2 })
    expect([indices, scores, curve]).toEqual([
      [1, 2],
      [0.2, 1],
      [0, 0.2, 1, 0.1],
    ])
  })

  it('ranks by the scores and drops repeated captions, of whatever model', () => {
    const captions = [angle(0), angle(1), angle(90), angle(200)]
    const frames = captions.map(() => unit([1, 2, 3]))
    const input = { frames, captions, timeSec: [0, 1, 2, 3], scores: [0.8, 0.9, 0.5, 0.1] }
    expect(selectScored('lifo', input, { k: 2 }).indices).toEqual([0, 2])
  })

  it.each([
    ['too few scores', { scores: [1] }, { field: 'scores' }],
    ['NaN', { scores: [1, Number.NaN] }, { field: 'scores', row: 1 }],
    ['infinity', { scores: [Number.NEGATIVE_INFINITY, 0] }, { field: 'scores', row: 0 }],
    ['no frames', { frames: [], scores: [], timeSec: [] }, { field: 'frames' }],
    ['a frame that is no unit vector', { frames: [angle(0), [2, 0]] }, { field: 'frames', row: 1 }],
    ['frames of two models', { frames: [angle(0), [1, 0, 0]] }, { field: 'frames', row: 1 }],
    ['times that go back', { timeSec: [1, 0] }, { field: 'timeSec', row: 1 }],
  ])('refuses %s', (_, wrong, place) => {
    const input = { frames: [angle(0), angle(1)], timeSec: [0, 1], scores: [0, 1], ...wrong }
    expect(() => selectScored('topk', input, { k: 1 })).toThrow(expect.objectContaining({ code: 'invalid_input', details: place }))
  })

  it('asks for captions where the method needs them', () => {
    const bare = () => selectScored('lifo', { frames: [angle(0)], timeSec: [0], scores: [0] }, { k: 1 })
    expect(bare).toThrow(expect.objectContaining({ code: 'invalid_input', details: { field: 'captions' } }))
  })
})
