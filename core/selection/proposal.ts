/** A choice of frames held against the core frames that a sample has. */
import type { ChosenFrame, FrameChoice } from './frame-choice'

/** Two frames whose vectors are at least this alike show the same; the vectors are those that methods keep apart by. */
export const NEAR_DUPLICATE = 0.9

/** A core frame of the sample; `index` null while it is tied to no frame of the video. */
export type PresentFrame = { readonly id: string; readonly index: number | null }

/**
 * `new` = proposed and no core frame yet, `beside` = the core frame nearest to it and how many frames lie between, null when there is
 * none; `same` = a core frame is this very frame; `left` = a core frame that is not proposed: `relevance` and `rank` (1 = the most
 * relevant) of the candidate `candidateIndex` nearest to it, null while it is tied to no frame.
 */
export type ProposalRow =
  | { readonly kind: 'new'; readonly frame: ChosenFrame; readonly beside: { readonly id: string; readonly distance: number } | null }
  | { readonly kind: 'same'; readonly frame: ChosenFrame; readonly id: string }
  | {
      readonly kind: 'left'
      readonly id: string
      readonly index: number | null
      readonly candidate: { readonly index: number; readonly relevance: number; readonly rank: number } | null
    }

function nearestTo<T extends { readonly index: number }>(items: readonly T[], index: number): T | null {
  let best: T | null = null
  for (const item of items) if (best === null || Math.abs(item.index - index) < Math.abs(best.index - index)) best = item
  return best
}

/**
 * Proposed frames in time order, then the core frames that are not among them, in their own order. O(n (k + m)).
 *
 * @param candidates frame index of every candidate, in the order of the choice's curve
 * @param present core frames of the sample, in their order
 */
export function proposalRows(
  choice: Pick<FrameChoice, 'chosen' | 'curve'>,
  candidates: readonly { readonly index: number }[],
  present: readonly PresentFrame[],
): ProposalRow[] {
  const located = present.flatMap(({ id, index }) => (index === null ? [] : [{ id, index }]))
  const proposed = new Set<number>(choice.chosen.map(({ index }) => index))
  const rows = choice.chosen.map((frame): ProposalRow => {
    const nearest = nearestTo(located, frame.index)
    if (nearest !== null && nearest.index === frame.index) return { kind: 'same', frame, id: nearest.id }
    return {
      kind: 'new',
      frame,
      beside: nearest === null ? null : { id: nearest.id, distance: Math.abs(nearest.index - frame.index) },
    }
  })
  const scored = candidates.flatMap(({ index }, at) => {
    const relevance = choice.curve[at]
    return relevance === undefined ? [] : [{ index, relevance }]
  })
  const left = present.filter(({ index }) => index === null || !proposed.has(index))
  return [
    ...rows,
    ...left.map(({ id, index }): ProposalRow => {
      const nearest = index === null ? null : nearestTo(scored, index)
      if (nearest === null) return { kind: 'left', id, index, candidate: null }
      const rank = 1 + scored.filter(({ relevance }) => relevance > nearest.relevance).length
      return { kind: 'left', id, index, candidate: { ...nearest, rank } }
    }),
  ]
}

/** Frame index of the chosen frame that this one repeats, null when it repeats none. */
export function repeats({ nearest }: ChosenFrame, candidates: readonly { readonly index: number }[]): number | null {
  return nearest === null || nearest.cosine < NEAR_DUPLICATE ? null : (candidates[nearest.at]?.index ?? null)
}
