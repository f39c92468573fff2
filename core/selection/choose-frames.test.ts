import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageGains } from './adaptive-k'
import { chooseFrames } from './choose-frames'
import { materialArbitrary, materialOf, QUESTION, rounded, typedVectors } from './material.fixture'
import { planQuestion } from './question-plan'
import { selectScored } from './select'
import { angle } from './selection.fixture'
import { SELECTION_METHODS } from './selection-options'
import { SIGNALS } from './signals/blend'
import { dot } from './similarity'
import { type WeighedFrames, weighFrames } from './weigh-frames'

const plan = planQuestion(QUESTION, { text: 2, objects: 1 })

/** Cars on frames 1, 2 and 4; frames 1 and 2 look the same. */
const weighed = weighFrames(
  planQuestion(QUESTION, { objects: 1 }),
  materialOf(
    { query: angle(0), frames: [0, 40, 42, 80, 130].map(angle), captions: [0, 1, 2, 3, 4].map(angle), timeSec: [0, 1, 2, 3, 4] },
    [0, 0.8, 0.7, 0, 0.75],
  ),
)

describe('chooseFrames', () => {
  it('says why each frame was chosen', () => {
    const { chosen, curve, lookedAt, method } = chooseFrames(weighed, 'topk', { k: 3 })
    expect([method, lookedAt]).toEqual(['topk', 5])
    expect(chosen.map(({ at }) => at)).toEqual([1, 2, 4])
    const [first, twin, last] = chosen
    expect(first).toMatchObject({
      index: 10,
      pts: 100,
      timeSec: 1,
      relevance: 1,
      signals: { objects: 1 },
      asked: [{ phrase: 'car', isShown: true }],
    })
    expect(first?.nearest).toEqual({ at: 2, cosine: expect.closeTo(Math.cos((2 * Math.PI) / 180), 9) })
    expect(twin?.nearest?.at).toBe(1)
    expect(last?.nearest).toEqual({ at: 2, cosine: expect.closeTo(Math.cos((88 * Math.PI) / 180), 9) })
    // In order of relevance: 1, then 4, then 2, which shows what 1 shows.
    expect([first?.coverageGain, last?.coverageGain, twin?.coverageGain]).toEqual(coverageGains(curve, weighed.alike, [1, 4, 2], 0.7))
    expect(twin?.coverageGain).toBeLessThan(0.01)
    expect(last?.coverageGain).toBeGreaterThan(0.2)
  })

  it('chooses one frame of one, near to none', () => {
    const one = weighFrames(plan, materialOf({ query: angle(0), frames: [angle(3)], captions: [angle(9)], timeSec: [7] }, [0.4]))
    for (const method of SELECTION_METHODS) {
      expect(chooseFrames(one, method, { k: 3 }).chosen).toEqual([
        {
          index: 0,
          pts: 0,
          timeSec: 7,
          at: 0,
          relevance: 0,
          signals: { text: 0, objects: 0 },
          coverageGain: expect.closeTo(1, 9),
          nearest: null,
          asked: [{ phrase: 'car', isShown: true }],
        },
      ])
    }
  })

  it('spreads where all frames are equally relevant', () => {
    const flat: WeighedFrames = {
      ...weighed,
      curve: new Array(5).fill(0.5),
      signals: [{ name: 'text', shares: new Array(5).fill(0.5), weight: 1 }],
    }
    expect(chooseFrames(flat, 'topk', { k: 1 }).chosen.map(({ at }) => at)).toEqual([2])
    const { chosen } = chooseFrames(flat, 'adaptive', { k: 6, rho: 0 })
    expect(chosen.length).toBeGreaterThan(1)
    expect(chosen.every(({ relevance }) => relevance === 0.5)).toBe(true)
  })

  it('goes by captions for lifo, and cannot without', () => {
    expect(() => chooseFrames({ ...weighed, captions: null }, 'lifo', { k: 2 })).toThrow('captions is missing')
    // All captions say about the same, so the first stands for them all, and the best of the rest fills up.
    expect(chooseFrames(weighed, 'lifo', { k: 2, tau: 0.9 }).chosen).toHaveLength(2)
    expect(chooseFrames({ ...weighed, captions: null }, 'mmr', { k: 2 }).chosen).toHaveLength(2)
  })

  it('measures coverage with the ρ that is given', () => {
    const gainOf = (rho: number) => chooseFrames(weighed, 'topk', { k: 1, rho }).chosen[0]?.coverageGain
    expect(gainOf(1)).toBeCloseTo(1, 9)
    expect(gainOf(0.5)).toBeLessThan(0.9)
  })

  it.each([
    ['no frame', { k: 0 }, weighed, '"k"'],
    ['a bad option', { k: 2, lambda: 7 }, weighed, '"lambda"'],
    ['NaN in the relevance', { k: 2 }, { ...weighed, curve: [0, Number.NaN, 0, 0, 0] }, 'scores[1]'],
    ['NaN in a vector', { k: 2 }, { ...weighed, alike: [...weighed.alike.slice(0, 4), [Number.NaN, 0]] }, 'frames[4]'],
    ['vectors of another length', { k: 2 }, { ...weighed, alike: [[2, 0], ...weighed.alike.slice(1)] }, 'length 2'],
    ['no frames', { k: 2 }, { ...weighed, frames: [], curve: [], alike: [] }, 'frames is empty'],
  ])('refuses %s', (_, options, input, words) => {
    expect(() => chooseFrames(input, 'mmr', options)).toThrow(
      expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining(words) }),
    )
  })
})

const method = fc.constantFrom(...SELECTION_METHODS)
const k = fc.integer({ min: 1, max: 8 })

describe('properties of every method', () => {
  it('chooses what the method chooses, with numbers that agree with each other', () => {
    fc.assert(
      fc.property(materialArbitrary(), method, k, fc.nat(), (material, name, count, seed) => {
        const frames = weighFrames(plan, material)
        const { chosen, curve } = chooseFrames(frames, name, { k: count, seed })
        const timeSec = frames.frames.map((frame) => frame.timeSec)
        const input = { scores: curve, frames: frames.alike, timeSec, captions: frames.captions ?? undefined }
        expect(chosen.map(({ at }) => at)).toEqual(selectScored(name, input, { k: count, seed }).indices)
        for (const { at, relevance, signals, coverageGain, nearest, asked, ...frame } of chosen) {
          expect(frame).toEqual(material.frames[at])
          expect(asked).toEqual(frames.asked[at])
          expect(relevance).toBe(curve[at])
          expect(signals).toEqual(Object.fromEntries(frames.signals.map((signal) => [signal.name, signal.shares[at]])))
          expect(coverageGain).toBeGreaterThanOrEqual(0)
          if (nearest === null) expect(chosen).toHaveLength(1)
          else
            for (const other of chosen)
              if (other.at !== at) expect(nearest.cosine).toBeGreaterThanOrEqual(dot(frames.alike[at] ?? [], frames.alike[other.at] ?? []))
        }
        expect(chosen.reduce((sum, { coverageGain }) => sum + coverageGain, 0)).toBeLessThanOrEqual(1 + 1e-6)
      }),
    )
  })

  it('is the same for plain numbers and typed arrays', () => {
    fc.assert(
      fc.property(materialArbitrary(), method, k, (material, name, count) => {
        const plain = rounded(material)
        const [one, other] = [plain, typedVectors(plain)].map((each) => chooseFrames(weighFrames(plan, each), name, { k: count }))
        expect(other).toEqual(one)
      }),
    )
  })

  it('does not hang on the order in which signals are named', () => {
    fc.assert(
      fc.property(materialArbitrary(), method, fc.shuffledSubarray([...SIGNALS], { minLength: 2 }), (material, name, names) => {
        const [one, other] = [names, [...names].reverse()].map((list) => {
          const weights = Object.fromEntries(list.map((each) => [each, each.length]))
          return chooseFrames(weighFrames(planQuestion(QUESTION, weights), material), name, { k: 3 })
        })
        expect(other).toEqual(one)
      }),
    )
  })

  it('gives nothing that cannot be sent between threads', () => {
    fc.assert(
      fc.property(materialArbitrary(6), method, (material, name) => {
        const choice = chooseFrames(weighFrames(plan, typedVectors(rounded(material))), name, { k: 2 })
        expect(structuredClone(choice)).toEqual(choice)
        expect(JSON.parse(JSON.stringify(choice))).toEqual(choice)
      }),
      { numRuns: 30 },
    )
  })
})
