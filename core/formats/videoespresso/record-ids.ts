/** Ids of records a parser makes: `f1`, `o2`, `b3`, `s4`. Parsed once each, because an import makes millions of them. */
import { type FrameIndex, frameIndexSchema, type RecordId, recordIdSchema } from '@/core/ids'

const known = new Map<string, RecordId>()
const MAX_KNOWN = 4096

/** The id, parsed; the same text gives the same value. @throws ZodError for what is no record id, which is a defect of ours */
export function recordIdOf(text: string): RecordId {
  const found = known.get(text)
  if (found !== undefined) return found
  const id = recordIdSchema.parse(text)
  if (known.size < MAX_KNOWN) known.set(text, id)
  return id
}

/** The frame index, parsed. @throws ZodError below 0 or between two frames, which is a defect of ours */
export function frameIndexOf(index: number): FrameIndex {
  return frameIndexSchema.parse(index)
}
