import { moveFrame } from '@/browser/review-acts'
import type { ReviewStore } from '@/browser/review-store'
import { recordAt } from '@/core/document'
import type { FrameTable } from '@/core/frame-table'

/** Looks at the frame beside the one shown. Nothing is changed until a person uses it: a moved core frame makes boxes stale. */
export function peekBy(store: ReviewStore, table: FrameTable | null, by: 1 | -1): void {
  const { selection, document, peekIndex } = store.getState()
  const frame = selection.frameId === null ? null : recordAt(document, selection.frameId, 'coreFrame')
  if (table === null || frame === null) return
  const from = peekIndex ?? frame.index ?? (by > 0 ? -1 : table.pts.length)
  const next = from + by
  if (next < 0 || next >= table.pts.length) return
  store.setState({ peekIndex: next === frame.index ? null : next })
}

/** Looks at any frame of the video. The core frame's own is no other: nothing is then looked at beside it. */
export function peekAt(store: ReviewStore, index: number): void {
  const { selection, document } = store.getState()
  const frame = selection.frameId === null ? null : recordAt(document, selection.frameId, 'coreFrame')
  store.setState({ peekIndex: frame?.index === index ? null : index, isTesting: false })
}

/** The frame beside becomes the core frame. False when none is being looked at. */
export function takePeeked(store: ReviewStore, table: FrameTable | null): boolean {
  const { selection, peekIndex } = store.getState()
  const pts = peekIndex === null ? undefined : table?.pts[peekIndex]
  if (selection.frameId === null || peekIndex === null || pts === undefined) return false
  moveFrame(store, selection.frameId, { index: peekIndex, pts })
  store.setState({ peekIndex: null })
  return true
}
