import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusalOf } from '../document.fixture'
import { focus, focusSteps } from './focus'
import { areIndices } from './selection.fixture'

const endless = { seed: 0, budget: Number.MAX_SAFE_INTEGER }
const seconds = (count: number, fps = 1) => Array.from({ length: count }, (_, at) => at / fps)

/** A score function over a curve, with what it was asked. */
function scorer(curve: (index: number) => number) {
  const asked: number[] = []
  const score = (indices: readonly number[]) => {
    asked.push(...indices)
    return indices.map(curve)
  }
  return { score, asked }
}

/** 20 minutes at one frame a second with one thing to find, around `at`. */
const oneEvent = (at: number) => (index: number) => Math.exp(-(((index - at) / 8) ** 2))

describe('focus', () => {
  it('finds the event by looking at a part of the frames', () => {
    const { score, asked } = scorer(oneEvent(700))
    const { indices, lookedAt } = focus(score, seconds(1200), 4, endless)
    expect(lookedAt).toBe(asked.length)
    // 75 arms: 225 first looks, then the rest of 19 arms.
    expect(lookedAt).toBeLessThan(1200 * 0.45)
    expect(indices.some((index) => Math.abs(index - 700) <= 2)).toBe(true)
  })

  it('never asks for a frame twice, nor for more than the budget', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 400 }),
        fc.nat(),
        (count, k, budget, seed) => {
          const { score, asked } = scorer((index) => Math.sin(index))
          const { indices, lookedAt } = focus(score, seconds(count, 2), k, { seed, budget })
          expect(areIndices(asked, count)).toBe(true)
          expect(asked.length).toBeLessThanOrEqual(budget)
          expect(lookedAt).toBe(asked.length)
          expect(indices.length).toBe(Math.min(k, count))
          expect(areIndices(indices, count)).toBe(true)
        },
      ),
    )
  })

  it('proposes frames it has seen, as long as there are enough', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 300 }), fc.integer({ min: 1, max: 6 }), fc.nat(), (count, k, seed) => {
        const { score, asked } = scorer((index) => Math.cos(index / 7))
        const { indices } = focus(score, seconds(count), k, { seed, budget: 20 })
        if (asked.length >= k) expect(indices.every((index) => asked.includes(index))).toBe(true)
      }),
    )
  })

  it('always has the best frame it has seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 12 }), fc.nat(), (count, k, seed) => {
        const curve = (index: number) => Math.sin(index * 12.9898 + seed)
        const { score, asked } = scorer(curve)
        const { indices } = focus(score, seconds(count), k, { seed, budget: 60 })
        expect(indices.map(curve)).toContain(Math.max(...asked.map(curve)))
      }),
    )
  })

  it('keeps a second between frames where it has the choice', () => {
    const { indices } = focus(scorer(oneEvent(100)).score, seconds(2400, 10), 5, endless)
    const [, ...drawn] = indices
    for (const [at, index] of drawn.entries()) {
      for (const other of indices.slice(0, at + 1)) expect(Math.abs(index - other)).toBeGreaterThanOrEqual(10)
    }
  })

  it('depends on the seed and on nothing else', () => {
    const pick = (seed: number) => focus(scorer(oneEvent(50)).score, seconds(400), 6, { seed, budget: 100 }).indices
    expect(pick(4)).toEqual(pick(4))
    expect(new Set([1, 2, 3, 4].map((seed) => pick(seed).join())).size).toBeGreaterThan(1)
  })

  it('spreads the rest over the video when all scores are equal or few were asked', () => {
    const { indices, lookedAt } = focus(() => [0.5], seconds(64), 3, { seed: 0, budget: 1 })
    expect(lookedAt).toBe(1)
    expect([...indices].sort((a, b) => a - b)).toEqual([0, 39, 63])
  })

  it('takes times that stand still', () => {
    const { indices } = focus(scorer((index) => index / 10).score, new Array(10).fill(5), 4, endless)
    expect(indices).toHaveLength(4)
  })
})

describe('focusSteps', () => {
  it('asks twice, each time for a batch', () => {
    const steps = focusSteps(seconds(160), 4, endless)
    const first = steps.next([])
    if (first.done === true) throw new Error('nothing was asked')
    expect(first.value).toHaveLength(30)
    const second = steps.next(first.value.map(oneEvent(80)))
    if (second.done === true) throw new Error('no second look')
    expect(second.value.some((index) => first.value.includes(index))).toBe(false)
    const end = steps.next(second.value.map(oneEvent(80)))
    expect(end.done).toBe(true)
    expect(end.value).toHaveLength(4)
  })

  it('asks once when everything was seen at the first look', () => {
    const steps = focusSteps([0, 1], 1, endless)
    expect(steps.next([]).value).toHaveLength(2)
    expect(steps.next([0.1, 0.9])).toEqual({ done: true, value: expect.any(Array) })
  })

  it.each([
    ['too few scores', [0.5]],
    ['too many scores', [0.5, 0.5, 0.5]],
    ['NaN', [0.5, Number.NaN]],
    ['infinity', [Number.POSITIVE_INFINITY, 0.5]],
  ])('refuses %s', (_, scores) => {
    const steps = focusSteps([0, 1], 1, endless)
    steps.next([])
    expect(refusalOf(() => steps.next(scores))).toMatchObject({ code: 'invalid_input' })
  })
})
