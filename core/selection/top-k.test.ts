import fc from 'fast-check'
import { expect, it } from 'vitest'
import { areIndices, distinctScoresArbitrary } from './selection.fixture'
import { topK } from './top-k'
import { uniform } from './uniform'

it('takes the highest scores, best first', () => {
  expect(topK([0.1, 0.9, 0.3, 0.8], 2)).toEqual([1, 3])
  expect(topK([0.1, 0.9, 0.3, 0.8], 9)).toEqual([1, 3, 2, 0])
})

it('takes the earlier of two equal frames', () => {
  expect(topK([0.2, 0.7, 0.7, 0.1], 1)).toEqual([1])
})

it('falls back to uniform when all are equal', () => {
  expect(topK(new Array(10).fill(0.4), 3)).toEqual(uniform(10, 3))
  expect(topK([0.4], 3)).toEqual([0])
})

it('leaves out nothing better than what it takes', () => {
  fc.assert(
    fc.property(distinctScoresArbitrary(), fc.integer({ min: 1, max: 50 }), (scores, k) => {
      const indices = topK(scores, k)
      expect(indices.length).toBe(Math.min(k, scores.length))
      expect(areIndices(indices, scores.length)).toBe(true)
      const worst = Math.min(...indices.map((index) => scores[index] ?? 0))
      for (const [index, score] of scores.entries()) if (!indices.includes(index)) expect(score).toBeLessThan(worst)
    }),
  )
})

it('chooses the same frames in any order of frames', () => {
  fc.assert(
    fc.property(distinctScoresArbitrary(), fc.integer({ min: 1, max: 10 }), (scores, k) => {
      const turned = [...scores].reverse()
      const chosen = (all: readonly number[]) => topK(all, k).map((index) => all[index])
      // A single score is flat, and uniform; then both lists are the same anyway.
      expect(chosen(turned)).toEqual(chosen(scores))
    }),
  )
})
