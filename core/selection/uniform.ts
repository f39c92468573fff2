/**
 * Uniform sampling, the baseline: the middle of each of k equal stretches, index ⌊(i + ½) n / k⌋ for i = 0 … k − 1. Neighbouring
 * gaps differ by at most one frame. Middles, not ends: the first and the last frame of a clip are often black. O(k).
 *
 * @param count number of candidate frames n
 * @returns min(k, n) distinct indices in time order
 */
export function uniform(count: number, k: number): number[] {
  const size = Math.min(k, count)
  return Array.from({ length: size }, (_, at) => Math.floor(((at + 0.5) * count) / size))
}
