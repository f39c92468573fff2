/** Picking by score, with ties broken the same way everywhere. */

/** Indices from the highest score to the lowest; of equal scores the earlier first. O(n log n). */
export function bestFirst(scores: readonly number[]): number[] {
  return scores.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
}

/**
 * The index of the highest value. Of equal values the one with the higher `ties` wins, then the earlier. −Infinity is never
 * picked. O(n).
 *
 * @returns −1 when nothing can be picked
 */
export function argMax(values: ArrayLike<number>, ties?: ArrayLike<number>): number {
  let best = -1
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? Number.NEGATIVE_INFINITY
    const top = best === -1 ? Number.NEGATIVE_INFINITY : (values[best] ?? 0)
    const isBetterTie = best !== -1 && value === top && (ties?.[at] ?? 0) > (ties?.[best] ?? 0)
    if (value > top || isBetterTie) best = at
  }
  return best
}

/**
 * Fills a choice up to k frames with the best of the rest. Of equally good ones the frame farthest from all chosen ones is
 * taken, so that a video in which nothing stands out is covered evenly. O(n k).
 *
 * @param picked indices; a repeated one counts once
 * @returns min(k, n) distinct indices, `picked` first, in the order of picking
 */
export function fillUp(picked: readonly number[], scores: readonly number[], k: number): number[] {
  const chosen = [...new Set(picked)].slice(0, k)
  const gaps = new Float64Array(scores.length).fill(scores.length)
  const open = [...scores]
  const close = (index: number) => {
    open[index] = Number.NEGATIVE_INFINITY
    for (let at = 0; at < gaps.length; at += 1) gaps[at] = Math.min(gaps[at] ?? 0, Math.abs(at - index))
  }
  for (const index of chosen) close(index)
  while (chosen.length < Math.min(k, scores.length)) {
    const next = argMax(open, gaps)
    if (next === -1) break
    chosen.push(next)
    close(next)
  }
  return chosen
}
