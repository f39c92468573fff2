import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameNo, refusalOf } from '../document.fixture'
import { cosine } from '../models/vectors'
import { atAngle, unitArbitrary } from '../models/vectors.fixture'
import { type CaptionText, type DedupeRule, dedupe, previewThresholds } from './dedupe'
import { dedupeOutputSchema } from './outputs'
import { sameSymbols, symbolsOf } from './symbolic'

const rule: DedupeRule = { threshold: 0.9, variant: 'stack', keepsNumbersAndDirections: true }
const captionsOf = (texts: readonly string[]): CaptionText[] => texts.map((text, at) => ({ frameIndex: frameNo(at * 10), text }))
/** Captions without a symbol in them, at these angles. */
const at = (degrees: readonly number[], change: Partial<DedupeRule> = {}) =>
  dedupe(degrees.map(atAngle), captionsOf(degrees.map(() => 'a street')), { ...rule, ...change })

describe('the stack rule', () => {
  it('drops what is like the last kept one and keeps the earlier', () => {
    // cos 20° = 0.94, cos 30° = 0.87
    const { kept, dropped } = at([0, 20, 50, 60])
    expect(kept).toEqual([0, 20])
    expect(dropped).toEqual([
      { frameIndex: 10, against: 0, similarity: expect.closeTo(Math.cos(Math.PI / 9), 5) },
      { frameIndex: 30, against: 20, similarity: expect.closeTo(Math.cos(Math.PI / 18), 5) },
    ])
  })

  it('sees a slow change that the adjacent rule misses', () => {
    const slow = [0, 15, 30, 45, 60]
    expect(at(slow).kept).toEqual([0, 20, 40])
    expect(at(slow, { variant: 'adjacent' }).kept).toEqual([0])
  })

  it('forgets what lies below the top: a scene that comes back is kept again', () => {
    expect(at([0, 90, 0]).kept).toEqual([0, 10, 20])
  })
})

describe('the adjacent rule', () => {
  it('compares with the caption just before, kept or not', () => {
    const { kept, dropped } = at([0, 20, 40, 90], { variant: 'adjacent' })
    expect(kept).toEqual([0, 30])
    expect(dropped.map((entry) => entry.against)).toEqual([0, 10])
  })
})

describe('thresholds', () => {
  it('drop at the threshold itself, and equal texts even at 1', () => {
    expect(at([0, 60], { threshold: 0.5 }).kept).toEqual([0])
    expect(at([0, 61], { threshold: 0.5 }).kept).toEqual([0, 10])
    const long = Float32Array.from({ length: 512 }, () => 1 / Math.sqrt(512))
    expect(dedupe([long, long], captionsOf(['x', 'x']), { ...rule, threshold: 1 }).kept).toEqual([0])
    expect(at([0, 1], { threshold: 1 }).kept).toEqual([0, 10])
  })

  it('keep captions that point away even at 0', () => {
    expect(at([0, 120], { threshold: 0 }).kept).toEqual([0, 10])
    expect(at([0, 80], { threshold: 0 }).kept).toEqual([0])
  })
})

describe('numbers and directions', () => {
  const texts = ['One person at the left.', 'Four people at the left.', 'Four people at the right.', '4 persons, right.']
  const same = texts.map(() => atAngle(0))

  it('keep a caption that an embedding cannot tell from the one before', () => {
    expect(dedupe(same, captionsOf(texts), rule).kept).toEqual([0, 10, 20])
  })

  it('count for nothing when the setting is off', () => {
    expect(dedupe(same, captionsOf(texts), { ...rule, keepsNumbersAndDirections: false }).kept).toEqual([0])
  })
})

describe('bad input', () => {
  it('is refused', () => {
    expect(refusalOf(() => dedupe([atAngle(0)], captionsOf(['a', 'b']), rule)).code).toBe('invalid_input')
    expect(refusalOf(() => previewThresholds([], captionsOf(['a']), [0.5], rule)).code).toBe('invalid_input')
    const mixed = [atAngle(0), Float32Array.of(1, 0, 0)]
    expect(refusalOf(() => dedupe(mixed, captionsOf(['a', 'b']), rule)).code).toBe('invalid_input')
  })

  it('of no captions keeps none', () => {
    expect(dedupe([], [], rule)).toEqual({ kept: [], dropped: [] })
  })
})

describe('laws', () => {
  const text = fc.constantFrom('a street', 'two cars', 'a car at the left', 'a car at the right')
  const list = fc.array(fc.record({ vector: unitArbitrary(3), text }), { maxLength: 20 })
  const rules = fc.record({
    threshold: fc.constantFrom(0, 0.3, 0.5, 0.8, 0.9, 1),
    variant: fc.constantFrom<DedupeRule['variant']>('stack', 'adjacent'),
    keepsNumbersAndDirections: fc.boolean(),
  })

  it('every caption is kept or dropped, in order, and the first is kept', () => {
    fc.assert(
      fc.property(list, rules, (items, chosen) => {
        const captions = captionsOf(items.map((item) => item.text))
        const { kept, dropped } = dedupe(
          items.map((item) => item.vector),
          captions,
          chosen,
        )
        const all = [...kept, ...dropped.map((entry) => entry.frameIndex)].sort((a, b) => a - b)
        expect(all).toEqual(captions.map((caption) => caption.frameIndex))
        expect([...kept].sort((a, b) => a - b)).toEqual(kept)
        if (items.length > 0) expect(kept[0]).toBe(0)
        const vectors = { sha256: 'x', dimensions: 3 }
        expect(dedupeOutputSchema.safeParse({ kept, dropped, vectors }).success).toBe(true)
      }),
    )
  })

  it('what is dropped was alike and named the same symbols as an earlier caption', () => {
    fc.assert(
      fc.property(list, rules, (items, chosen) => {
        const captions = captionsOf(items.map((item) => item.text))
        const { kept, dropped } = dedupe(
          items.map((item) => item.vector),
          captions,
          chosen,
        )
        for (const entry of dropped) {
          expect(entry.similarity).toBeGreaterThanOrEqual(chosen.threshold - 1e-5)
          expect(entry.against).toBeLessThan(entry.frameIndex)
          if (chosen.variant === 'stack') expect(kept).toContain(entry.against)
          const words = (frame: number) => symbolsOf(items[frame / 10]?.text ?? '')
          if (chosen.keepsNumbersAndDirections) expect(sameSymbols(words(entry.frameIndex), words(entry.against))).toBe(true)
        }
      }),
    )
  })

  it('the stack rule leaves no two neighbours alike, so a second pass drops nothing', () => {
    fc.assert(
      fc.property(list, rules, (items, { threshold, keepsNumbersAndDirections }) => {
        const chosen: DedupeRule = { threshold, keepsNumbersAndDirections, variant: 'stack' }
        const captions = captionsOf(items.map((item) => item.text))
        const { kept } = dedupe(
          items.map((item) => item.vector),
          captions,
          chosen,
        )
        const left = items.filter((_, position) => kept.some((frame) => frame === position * 10))
        const again = captions.filter((caption) => kept.includes(caption.frameIndex))
        const vectors = left.map((item) => item.vector)
        expect(dedupe(vectors, again, chosen).dropped).toEqual([])
        if (keepsNumbersAndDirections) return
        for (const [position, vector] of vectors.entries()) {
          const before = vectors[position - 1]
          if (before !== undefined) expect(cosine(before, vector)).toBeLessThan(threshold)
        }
      }),
    )
  })

  it('a preview is what each threshold would do', () => {
    const taus = [0, 0.25, 0.5, 0.75, 0.9, 1]
    fc.assert(
      fc.property(list, rules, (items, chosen) => {
        const vectors = items.map((item) => item.vector)
        const captions = captionsOf(items.map((item) => item.text))
        expect(previewThresholds(vectors, captions, taus, chosen)).toEqual(
          taus.map((threshold) => dedupe(vectors, captions, { ...chosen, threshold }).kept),
        )
      }),
    )
  })
})
