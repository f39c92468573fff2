/** Groups of consecutive captions (VideoEspresso §3.1, 15 a group): what a question is written from. */
import type { FrameIndex } from '../ids'

/** A question needs several frames, so a group of fewer is joined to the one before. */
const MIN_GROUP = 2

/**
 * Cuts the kept frames, in their order, into groups of `size`. A last group of a single frame joins the group before it, which
 * then has `size` + 1. No frames = no groups; one frame alone = one group of one.
 */
export function groupFrames(kept: readonly FrameIndex[], size: number): FrameIndex[][] {
  const groups: FrameIndex[][] = []
  for (let start = 0; start < kept.length; start += size) groups.push(kept.slice(start, start + size))
  const last = groups.at(-1)
  const before = groups.at(-2)
  if (last === undefined || before === undefined || last.length >= MIN_GROUP) return groups
  return [...groups.slice(0, -2), [...before, ...last]]
}
