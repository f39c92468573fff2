/** Vectors that tell near-duplicates, from the pooled features of a detector. */
import { AppError } from '../../errors'
import { dot, type Vector } from '../similarity'

/** Squared distance from the mean that counts as much as all that the frames share; a cosine of 0.995 with the mean. */
const SHARED = 0.01

function unitOf(feature: Vector, row: number, dimensions: number): Float64Array {
  const length = Math.sqrt(dot(feature, feature))
  if (feature.length !== dimensions || !(length > 0) || !Number.isFinite(length)) {
    throw new AppError('invalid_input', `The feature of frame ${row} cannot be compared with the others.`, { row })
  }
  return Float64Array.from(feature, (value) => value / length)
}

/**
 * One unit vector a frame, for MMR, DPP and the others that keep away from near-duplicates. Pooled features of one camera have
 * cosines of 0.96 to 1 whatever happens in front of it (measured on the demo clips), which would penalise all frames alike.
 * So v_i = (f_i − mean, 0.1) / length, with f of unit length: what a frame has that the usual one has not. The constant keeps
 * frames that differ by noise alone near-duplicates (measured: 0.001 makes adaptive k take 6 frames where 3 show all, 0.05 only 1). O(n d).
 *
 * @param features pooled features of the candidate frames, at least one number each, not all 0
 * @throws AppError `invalid_input` naming the row: another length, only zeros, NaN
 */
export function frameVectors(features: readonly Vector[]): Float32Array[] {
  const dimensions = features[0]?.length ?? 0
  const units = features.map((feature, row) => unitOf(feature, row, dimensions))
  const mean = new Float64Array(dimensions)
  for (const unit of units) for (let at = 0; at < dimensions; at += 1) mean[at] = (mean[at] ?? 0) + (unit[at] ?? 0) / units.length
  return units.map((unit) => {
    const vector = new Float32Array(dimensions + 1)
    for (let at = 0; at < dimensions; at += 1) vector[at] = (unit[at] ?? 0) - (mean[at] ?? 0)
    vector[dimensions] = Math.sqrt(SHARED)
    const length = Math.sqrt(dot(vector, vector))
    return vector.map((value) => value / length)
  })
}
