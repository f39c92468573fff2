import { randomFrom } from '../pipeline/random'
import { gumbel } from './gumbel'
import { bestFirst } from './rank'

/**
 * Q-Frame (ICCV 2025): p = softmax(s / τ), key_i = ln p_i + Gumbel noise, the k highest keys: k frames drawn without replacement
 * by p. ln of the softmax's denominator is the same for all frames and left out. O(n log n).
 *
 * @param tau   temperature above 0: small = the best frames, large = any frames; 0.8 in the paper
 * @param seed  the same seed gives the same frames
 * @returns min(k, n) distinct indices, highest key first
 */
export function qFrame(scores: readonly number[], k: number, tau: number, seed: number): number[] {
  const random = randomFrom(seed)
  return bestFirst(scores.map((score) => score / tau + gumbel(random))).slice(0, k)
}
