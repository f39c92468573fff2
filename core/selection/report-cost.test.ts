import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf, DETECTOR_MACS, encoderMacs, reasonerSchema, selectorFlops } from './report-cost'

const STANDARD = reasonerSchema.parse({})

describe('encoderMacs', () => {
  it('is the polynomial that was counted', () => {
    // Counted in the graph with 1, 10, 14, 20 and 40 pieces.
    expect([1, 10, 14, 20, 40].map(encoderMacs)).toEqual([4_916_736, 46_946_304, 65_705_984, 93_937_664, 188_841_984])
  })
})

describe('selectorFlops', () => {
  it('counts two operations for each multiplication', () => {
    const flops = selectorFlops({ looks: 3, questionPieces: 10, factPieces: [1, 20] })
    expect(flops).toEqual({
      looks: 6 * DETECTOR_MACS,
      question: 2 * 46_946_304,
      facts: 2 * (4_916_736 + 93_937_664),
    })
  })

  it('costs nothing where nothing is looked at or read', () => {
    expect(selectorFlops({ looks: 0, questionPieces: 0, factPieces: [] })).toEqual({ looks: 0, facts: 0, question: 0 })
  })

  it('grows with every look and every fact', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 20 })
    fc.assert(
      fc.property(pieces, fc.nat(256), fc.integer({ min: 1, max: 60 }), (factPieces, looks, more) => {
        const work = { looks, questionPieces: 12, factPieces }
        const before = selectorFlops(work)
        const after = selectorFlops({ ...work, looks: looks + 1, factPieces: [...factPieces, more] })
        expect(after.looks - before.looks).toBe(2 * DETECTOR_MACS)
        expect(after.facts - before.facts).toBe(2 * encoderMacs(more))
        expect(after.question).toBe(before.question)
      }),
    )
  })
})

describe('costOf', () => {
  it('gives the figures of the paper in its own way of counting', () => {
    // Table 5: LLaVA-N-Inter 62.78 TFLOPs with 16 frames, 10.86 with 2.77, 9.26 with 2.36.
    expect(costOf(16, 16, 0, STANDARD).paperStyle / 1e12).toBeCloseTo(62.78, 10)
    expect(costOf(2.36, 16, 0, STANDARD).paperStyle / 1e12).toBeCloseTo(9.26, 2)
    expect(costOf(2.77, 16, 0, STANDARD).paperStyle / 1e12).toBeCloseTo(10.87, 2)
    // InternVL2 73.23 → 10.80; LongVA 465.44 at 128 → 8.58.
    expect(costOf(2.36, 16, 0, { ...STANDARD, baseFlops: 73.23e12 }).paperStyle / 1e12).toBeCloseTo(10.8, 2)
    expect(costOf(2.36, 128, 0, { ...STANDARD, baseFlops: 465.44e12, baseFrames: 128 }).paperStyle / 1e12).toBeCloseTo(8.58, 2)
  })

  it('is 2 · P · T, by hand', () => {
    const cost = costOf(2, 10, 5e10, { ...STANDARD, parameters: 1e9, tokensPerFrame: 100, textTokens: 50 })
    expect(cost).toMatchObject({ reasoner: 5e11, all: 2.1e12, spared: 1.6e12, selector: 5e10, total: 5.5e11 })
  })

  it('spares nothing when all frames are read, and is linear in frames, so that means are enough', () => {
    const frames = fc.double({ min: 1, max: 256, noNaN: true })
    fc.assert(
      fc.property(frames, frames, (a, b) => {
        expect(costOf(a, a, 0, STANDARD).spared).toBe(0)
        const middle = costOf((a + b) / 2, 256, 0, STANDARD)
        const [one, other] = [costOf(a, 256, 0, STANDARD), costOf(b, 256, 0, STANDARD)]
        expect(middle.reasoner / ((one.reasoner + other.reasoner) / 2)).toBeCloseTo(1, 9)
        expect(middle.paperStyle / ((one.paperStyle + other.paperStyle) / 2)).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('reasonerSchema', () => {
  it('fills in the reasoner of the paper and refuses what is none', () => {
    expect(STANDARD).toEqual({ parameters: 8.5e9, tokensPerFrame: 256, textTokens: 100, baseFlops: 62.78e12, baseFrames: 16 })
    for (const wrong of [{ parameters: 0 }, { tokensPerFrame: -1 }, { textTokens: Number.NaN }, { baseFrames: 0 }, { size: 7 }]) {
      expect(reasonerSchema.safeParse(wrong).success).toBe(false)
    }
  })
})
