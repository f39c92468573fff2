/**
 * How near a runtime comes to what the original models gave for input made by code (golden-input.ts). golden-outputs.json holds
 * outputs of the TensorFlow.js graphs, run by TensorFlow.js itself, so a mistake of a converter or of a graphics card cannot hide in it.
 */
import { z } from 'zod'
import { DETECTOR_FEATURE, type DetectorAnswer } from './detector-io'

const numbers = z.array(z.number())

/** Outputs of the detector for `goldenPicture` and of the encoder for `GOLDEN_SENTENCES`, thinned. */
export const goldenSchema = z.strictObject({
  detector: z.strictObject({
    /** The anchors with the highest scores; `classId` = COCO number, box = top, left, bottom, right. */
    best: z.array(z.strictObject({ score: z.number(), classId: z.int(), box: numbers.length(4) })).min(1),
    scoreSum: z.number(),
    boxSums: numbers.length(4),
    /** Every `step`-th number. */
    gap: z.strictObject({ step: z.int(), values: numbers.min(1) }),
  }),
  encoder: z.strictObject({ ids: z.array(z.array(z.int())), step: z.int(), values: z.array(numbers.min(1)).min(1) }),
  tokenizer: z.array(z.strictObject({ text: z.string(), ids: z.array(z.int()) })),
})
export type Golden = z.infer<typeof goldenSchema>

/** A runtime below this cosine does not compute the model, and is not used. */
export const GOLDEN_COSINE = 0.999
/** Scores and sides of boxes (both parts of 1) may be off by this much; fp32 runtimes stay below 1e-5. */
const GOLDEN_TOLERANCE = 0.01

/**
 * How near an answer for `goldenPicture` is: the cosine of the features, or 0 where one of the best boxes is not found with its class
 * and score. NaN anywhere gives 0.
 */
export function detectorAgreement({ raw, feature }: DetectorAnswer, golden: Golden['detector']): number {
  const count = raw.score.length
  const isNear = (found: number | undefined, value: number) => Math.abs((found ?? Number.NaN) - value) <= GOLDEN_TOLERANCE
  const isFound = (wanted: Golden['detector']['best'][number]) =>
    Array.from({ length: count }, (_, anchor) => anchor).some(
      (anchor) =>
        Number(raw.classes[anchor]) + 1 === wanted.classId &&
        isNear(raw.score[anchor], wanted.score) &&
        wanted.box.every((side, row) => isNear(raw.boxes[row * count + anchor], side)),
    )
  if (feature.length !== DETECTOR_FEATURE || !golden.best.every(isFound)) return 0
  return cosineWith(feature, golden.gap)
}

/** How near vectors of `GOLDEN_SENTENCES` are: the lowest of their cosines, 0 where a vector is missing or NaN. */
export function encoderAgreement(vectors: readonly Float32Array[], golden: Golden['encoder']): number {
  if (vectors.length !== golden.values.length) return 0
  return Math.min(...vectors.map((vector, row) => cosineWith(vector, { step: golden.step, values: golden.values[row] ?? [] })))
}

function cosineWith(found: Float32Array, { step, values }: { readonly step: number; readonly values: readonly number[] }): number {
  const [dot, wanted, given] = values.reduce<[number, number, number]>(
    ([a, b, c], value, place) => {
      const other = found[place * step] ?? Number.NaN
      return [a + value * other, b + value * value, c + other * other]
    },
    [0, 0, 0],
  )
  const cosine = dot / Math.sqrt(wanted * given)
  return Number.isFinite(cosine) ? cosine : 0
}
