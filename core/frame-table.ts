/**
 * The frame table: the only source of frame identity (invariant 1). A frame is named by
 * (video sha256, frame index, pts, time base), never by a bare number or a float second.
 */
import { z } from 'zod'

/** `[numerator, denominator]`, both positive integers. A pts of `p` is presented at `p * n / d` seconds. */
export const rationalSchema = z.tuple([z.int().min(1), z.int().min(1)])
export type Rational = z.infer<typeof rationalSchema>

/**
 * Columns of equal length in presentation order. `width`/`height` = size of the still: display orientation, sample aspect
 * ratio applied by enlarging (never shrinking) one side. `rotation` in degrees clockwise, already applied to stills.
 */
export const frameTableSchema = z.strictObject({
  timeBase: rationalSchema,
  width: z.int().min(1),
  height: z.int().min(1),
  codedWidth: z.int().min(1),
  codedHeight: z.int().min(1),
  rotation: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  sar: rationalSchema,
  pts: z.array(z.int()),
  duration: z.array(z.int()),
  key: z.array(z.boolean()),
})
export type FrameTable = z.infer<typeof frameTableSchema>
