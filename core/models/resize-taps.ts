/**
 * Where the pixels of a resized picture come from, in the whole numbers that libvips computes with (its affine transform, which
 * Transformers.js uses on the server): for processor and graphics card alike, so that both give the same bytes as it.
 */

/** Shares of the pixels that a new one is made of are whole parts of this many. */
export const WHOLE = 4096
/** Places between two pixels that the cubic filter knows. */
const CUBIC_STEPS = 64

/** How a new pixel is made of the old ones around it, 2 or 4 in each direction. */
export type ResizeFilter = 'bilinear' | 'bicubic'

/**
 * Of one column or row: the pixels from `first` on (which may lie outside of the picture, and are black there), with their shares: 2
 * (bilinear) or 4 (bicubic). Without shares it lies outside of the resized picture.
 */
export type Taps = { readonly first: number; readonly shares: readonly number[] }

const OUTSIDE: Taps = { first: 0, shares: [] }

/**
 * Taps of `count` places from `start` on, of a side that had `source` pixels and has `resized` now.
 *
 * @param isSummed places are added up one by one, as libvips does along a row; else each is multiplied out, as it does down a column.
 *   The two differ in the last digit of a number, and that decides between two bytes now and then
 */
export function resizeTaps(
  { source, resized, start, count }: { readonly source: number; readonly resized: number; readonly start: number; readonly count: number },
  filter: ResizeFilter,
  step: number,
  isSummed: boolean,
): Taps[] {
  // The cubic filter begins one pixel earlier, and libvips counts from there.
  const margin = filter === 'bicubic' ? 1 : 0
  const places = isSummed ? summed(step, resized, margin) : Array.from({ length: resized }, (_, at) => step * at + margin)
  return Array.from({ length: count }, (_, at) => {
    const place = places[start + at]
    if (place === undefined) return OUTSIDE
    const pixel = Math.floor(place)
    // A last digit too much may lead past the end.
    if (pixel - margin >= source) return OUTSIDE
    const part = place - pixel
    return filter === 'bilinear' ? { first: pixel, shares: linearShares(part) } : { first: pixel - 2, shares: cubicShares(part) }
  })
}

function summed(step: number, count: number, begin: number): number[] {
  const places: number[] = []
  let place = begin
  for (let at = 0; at < count; at += 1) {
    places.push(place)
    place += step
  }
  return places
}

/** Of pixels for each new one, from both sides' factors, in the order in which libvips inverts them. */
export function resizeSteps(source: { readonly width: number; readonly height: number }, resized: typeof source): [number, number] {
  const [across, down] = [resized.width / source.width, resized.height / source.height]
  const inverse = 1 / (across * down)
  return [inverse * down, inverse * across]
}

function linearShares(part: number): readonly number[] {
  const right = Math.trunc(part * WHOLE)
  return [WHOLE - right, right]
}

/** Catmull-Rom, at the nearest of the places that there are. */
function cubicShares(part: number): readonly number[] {
  const t = Math.floor(part * CUBIC_STEPS + 0.5) / CUBIC_STEPS
  const [t2, t3] = [t * t, t * t * t]
  const shares = [-0.5 * t + t2 - 0.5 * t3, 1 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2 * t2 - 1.5 * t3, 0.5 * t3 - 0.5 * t2]
  return shares.map((share) => Math.trunc(share * WHOLE))
}
