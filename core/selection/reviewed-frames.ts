/** The core frames that people settled on, as a selector's choice is held against them. */
import { recordsOf } from '../document'
import { type FrameTable, frameAt, frameCount } from '../frame-table'
import type { SampleDocument } from '../records'

/** `timeSec` in time order, each frame once; `adopted` = how many of them a selector had proposed. */
export type ReviewedFrames = { readonly timeSec: readonly number[]; readonly adopted: number }

/**
 * Core frames that were not rejected.
 *
 * @returns null when there is none, or one that is not tied to an exact frame of the table: what is missed could not be told
 */
export function reviewedFrames(document: SampleDocument, table: FrameTable): ReviewedFrames | null {
  const frames = recordsOf(document, 'coreFrame').filter(({ verdict }) => verdict !== 'rejected')
  const located = new Map<number, boolean>()
  for (const { index, match } of frames) {
    if (index === null || index >= frameCount(table)) return null
    located.set(index, match.method === 'selector' || located.get(index) === true)
  }
  if (located.size === 0) return null
  const timeSec = [...located.keys()].map((index) => frameAt(table, index).timeSec).sort((a, b) => a - b)
  return { timeSec, adopted: [...located.values()].filter(Boolean).length }
}
