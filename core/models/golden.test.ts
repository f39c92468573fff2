import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DETECTOR_FEATURE, type DetectorAnswer } from './detector-io'
import { detectorAgreement, encoderAgreement, GOLDEN_COSINE, goldenSchema } from './golden'
import { GOLDEN_SENTENCES, goldenPicture } from './golden-input'

const golden = goldenSchema.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, 'golden-outputs.json'), 'utf8')))

/** An answer that says exactly what the original said, with anchors of no importance between. */
function answerLikeGolden(change: { readonly score?: number; readonly box?: number; readonly feature?: number } = {}): DetectorAnswer {
  const { best, gap } = golden.detector
  const count = best.length * 2
  const score = new Float32Array(count)
  const classes = new BigInt64Array(count)
  const boxes = new Float32Array(count * 4)
  for (const [place, each] of best.entries()) {
    const anchor = place * 2 + 1
    score[anchor] = each.score + (place === 0 ? (change.score ?? 0) : 0)
    classes[anchor] = BigInt(each.classId - 1)
    for (const [row, side] of each.box.entries()) boxes[row * count + anchor] = side + (place === 3 ? (change.box ?? 0) : 0)
  }
  const feature = new Float32Array(DETECTOR_FEATURE)
  for (const [place, value] of gap.values.entries()) feature[place * gap.step] = value + (place === 5 ? (change.feature ?? 0) : 0)
  return { raw: { score, classes, boxes }, feature }
}

function vectorsLikeGolden(factor = 1): Float32Array[] {
  const { step, values } = golden.encoder
  return values.map((wanted) => {
    const vector = new Float32Array(512)
    for (const [place, value] of wanted.entries()) vector[place * step] = value * factor
    return vector
  })
}

describe('the detector', () => {
  it('agrees with itself', () => {
    expect(detectorAgreement(answerLikeGolden(), golden.detector)).toBeCloseTo(1, 6)
  })

  it('agrees within what runtimes differ by', () => {
    const near = answerLikeGolden({ score: 1e-3, box: 1e-3, feature: 1e-4 })
    expect(detectorAgreement(near, golden.detector)).toBeGreaterThan(GOLDEN_COSINE)
  })

  it.each([
    ['a score is off', { score: 0.02 }],
    ['a box lies elsewhere', { box: 0.02 }],
    ['a score is no number', { score: Number.NaN }],
    ['a box is no number', { box: Number.NaN }],
    ['a feature is no number', { feature: Number.NaN }],
    ['a feature is endless', { feature: Number.POSITIVE_INFINITY }],
  ])('does not agree when %s', (_, change) => {
    expect(detectorAgreement(answerLikeGolden(change), golden.detector)).toBe(0)
  })

  it('does not agree when its feature points elsewhere', () => {
    expect(detectorAgreement(answerLikeGolden({ feature: 5 }), golden.detector)).toBeLessThan(GOLDEN_COSINE)
  })

  it('does not agree when the best thing is of another class', () => {
    const answer = answerLikeGolden()
    const classes = BigInt64Array.from(Array.from(answer.raw.classes, BigInt))
    classes[1] = 79n
    expect(detectorAgreement({ ...answer, raw: { ...answer.raw, classes } }, golden.detector)).toBe(0)
  })

  it('does not agree when it says nothing, or zero to everything', () => {
    const empty = { score: new Float32Array(0), classes: new BigInt64Array(0), boxes: new Float32Array(0) }
    expect(detectorAgreement({ ...answerLikeGolden(), raw: empty }, golden.detector)).toBe(0)
    expect(detectorAgreement({ ...answerLikeGolden(), feature: new Float32Array(DETECTOR_FEATURE) }, golden.detector)).toBe(0)
    expect(detectorAgreement({ ...answerLikeGolden(), feature: new Float32Array(3) }, golden.detector)).toBe(0)
  })
})

describe('the encoder', () => {
  it('agrees with itself, also when all vectors are longer or shorter', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (factor) => {
        expect(encoderAgreement(vectorsLikeGolden(factor), golden.encoder)).toBeCloseTo(1, 5)
      }),
    )
  })

  it('is as good as its worst sentence', () => {
    const [first, ...rest] = vectorsLikeGolden()
    const turned = first?.map((value) => -value) ?? new Float32Array(0)
    expect(encoderAgreement([turned, ...rest], golden.encoder)).toBeCloseTo(-1, 5)
    expect(encoderAgreement([new Float32Array(512).fill(Number.NaN), ...rest], golden.encoder)).toBe(0)
  })

  it('does not agree when vectors are missing, empty or in another order', () => {
    expect(encoderAgreement([], golden.encoder)).toBe(0)
    expect(encoderAgreement(vectorsLikeGolden().slice(1), golden.encoder)).toBe(0)
    expect(encoderAgreement(vectorsLikeGolden().fill(new Float32Array(0)), golden.encoder)).toBe(0)
    expect(encoderAgreement(vectorsLikeGolden().reverse(), golden.encoder)).toBeLessThan(GOLDEN_COSINE)
  })
})

describe('the input', () => {
  it('is the same each time: a picture of 300 × 300 with more than one colour, and four sentences', () => {
    const picture = goldenPicture()
    expect(picture).toHaveLength(300 * 300 * 3)
    expect(Buffer.compare(goldenPicture(), picture)).toBe(0)
    expect(new Set(picture).size).toBeGreaterThan(100)
    expect(GOLDEN_SENTENCES).toHaveLength(golden.encoder.values.length)
  })
})
