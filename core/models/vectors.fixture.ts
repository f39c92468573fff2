/** Test material: unit vectors. */
import fc from 'fast-check'

/** The direction of these numbers, which must not all be 0. */
export function unitOf(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers)
  return Float32Array.from(numbers, (value) => value / length)
}

/** The unit vector at an angle in degrees: the cosine of two of them is that of the angle between. */
export const atAngle = (degrees: number): Float32Array => unitOf([Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)])

/** Any unit vector of that many numbers. Small whole numbers, so that equal ones come up. */
export const unitArbitrary = (dimensions: number): fc.Arbitrary<Float32Array> =>
  fc
    .array(fc.integer({ min: -3, max: 3 }), { minLength: dimensions, maxLength: dimensions })
    .filter((numbers) => numbers.some((value) => value !== 0))
    .map(unitOf)
