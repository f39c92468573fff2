/** Provenance of imported drafts: one entry for the draft, and one for each box whose frame had to be assumed. */
import type { Provenance } from '@/core/provenance'

/** Key of the entry that holds for every record without one of its own. */
export const DRAFT_PROVENANCE = 'draft'

function imported(parameters: Provenance['parameters'], note: string | null): Provenance {
  return { kind: 'import', provider: null, model: null, version: null, promptHash: null, parameters, costMicroUsd: null, note, at: null }
}

/** What holds for the whole draft: read from a file of this format, with its boxes read this way. */
export function draftProvenance(format: string, variant: string | null, boxConvention: string): Provenance {
  return imported({ format, variant, boxConvention }, null)
}

/** How the frame of a box was found; the released format does not say on which core frame a box lies. */
export type FrameRule = 'only-frame' | 'list-per-frame' | 'named-in-sentence' | 'last-cited' | 'first-frame'

const NOTES: Readonly<Record<FrameRule, string | null>> = {
  'only-frame': null,
  'list-per-frame': 'The source gives one list a core frame; list n was taken for frame n.',
  'named-in-sentence': 'The sentence names this frame.',
  'last-cited': 'Assumed: the source does not name the frame of this box; the frame cited last was taken.',
  'first-frame': 'Assumed: the source does not name the frame of this box; the first core frame was taken.',
}

/** Null when there was only one frame, so that nothing was assumed. */
export function boxProvenance(rule: FrameRule): Provenance | null {
  const note = NOTES[rule]
  return note === null ? null : imported({ frameRule: rule }, note)
}
