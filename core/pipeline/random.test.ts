import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFrom, seedOf, shuffled } from './random'

const take = (count: number, random: () => number) => Array.from({ length: count }, random)

describe('randomFrom', () => {
  it('gives the known numbers of mulberry32', () => {
    // Of the reference implementation with seed 1.
    const first = take(3, randomFrom(1)).map((value) => Math.round(value * 1e6) / 1e6)
    expect(first).toEqual([0.627074, 0.002736, 0.527447])
  })

  it('repeats itself for the same seed and not for another', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(take(5, randomFrom(seed))).toEqual(take(5, randomFrom(seed)))
        expect(take(5, randomFrom(seed))).not.toEqual(take(5, randomFrom(seed + 1)))
      }),
    )
  })

  it('stays in 0 to 1 and is spread evenly', () => {
    const values = take(20_000, randomFrom(7))
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = values.filter((value) => Math.floor(value * 10) === tenth).length / values.length
      expect(share).toBeGreaterThan(0.09)
      expect(share).toBeLessThan(0.11)
    }
  })

  it('takes a seed above 32 bits and below zero', () => {
    expect(randomFrom(2 ** 32 + 5)()).toBe(randomFrom(5)())
    expect(randomFrom(-1)()).toBe(randomFrom(2 ** 32 - 1)())
  })
})

describe('seedOf', () => {
  it('differs where texts differ, and fits in 32 bits', () => {
    expect(seedOf('')).toBe(0x811c9dc5)
    expect(new Set(['a', 'b', 'ab', 'ba', 'ā', 'a '].map(seedOf)).size).toBe(6)
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seed = seedOf(text)
        expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true)
        expect(seedOf(text)).toBe(seed)
      }),
    )
  })
})

describe('shuffled', () => {
  it('keeps every item once and leaves the list alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.nat(), (items, seed) => {
        const before = [...items]
        const after = shuffled(items, randomFrom(seed))
        expect([...after].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
        expect(items).toEqual(before)
        expect(shuffled(items, randomFrom(seed))).toEqual(after)
      }),
    )
  })

  it('puts the first item in each place about equally often', () => {
    const places = [0, 0, 0, 0]
    for (let seed = 0; seed < 8000; seed += 1) {
      const at = shuffled(['x', 1, 2, 3], randomFrom(seed)).indexOf('x')
      places[at] = (places[at] ?? 0) + 1
    }
    for (const count of places) expect(Math.abs(count - 2000)).toBeLessThan(200)
  })
})
