/** Taking over what a selector proposed: ordinary edits, one act however many frames, each saying where it came from. */
import { addCoreFrame } from '@/core/edits-frames'
import { frameIndexSchema } from '@/core/ids'
import type { ChosenFrame } from '@/core/selection/frame-choice'
import type { SelectionMethod } from '@/core/selection/selection-options'
import { newRecordId } from './review-acts'
import type { ReviewStore } from './review-store'
import type { DeviceFacts } from './selector/selector-types'

type Proposed = Pick<ChosenFrame, 'index' | 'pts' | 'relevance'>

/** What the record keeps of its origin: `selector adaptive in browser (wasm, 4 threads)`. */
export function selectorWords(method: SelectionMethod, device: DeviceFacts): string {
  const place =
    device.kind === 'webgpu' ? `WebGPU ${device.name}`.trim() : `wasm, ${device.threads} ${device.threads === 1 ? 'thread' : 'threads'}`
  return `selector ${method} in browser (${place})`.slice(0, 400)
}

/** Adds the frames as core frames and shows the first of them. False when nothing was added; the notice says why. */
export function adoptFrames(store: ReviewStore, frames: readonly Proposed[], by: string): boolean {
  const [first] = frames
  if (first === undefined) return false
  const added = frames.map(({ index, pts, relevance }) => ({
    id: newRecordId('f'),
    index: frameIndexSchema.parse(index),
    pts,
    proposal: { by, relevance },
  }))
  const label = frames.length === 1 ? `Adopt frame ${first.index}` : `Adopt ${frames.length} core frames`
  const isDone = store.apply(label, (doc) => added.reduce(addCoreFrame, doc))
  const shown = added[0]
  if (isDone && shown !== undefined) store.jumpTo(shown.id)
  return isDone
}
