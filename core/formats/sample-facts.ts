/** What both formats say of a sample beside its document: the video it means, its exact frames, where its review stands. */
import { z } from 'zod'
import type { Flag } from '@/core/flags'
import { rationalSchema } from '@/core/frame-table'
import { frameIndexSchema, recordIdSchema, sha256Schema } from '@/core/ids'
import { defectCodeSchema } from '@/core/records'
import { decisionSchema, sampleStateSchema } from '@/core/sample-state'

/** The video a sample was made for. Only sha256 and name may be known to a file made elsewhere. */
export const videoIdentitySchema = z.object({
  sha256: sha256Schema.nullable().default(null),
  name: z.string().min(1).max(4096),
  width: z.int().min(1).nullable().default(null),
  height: z.int().min(1).nullable().default(null),
  rotation: z.int().nullable().default(null),
  sar: rationalSchema.nullable().default(null),
  timeBase: rationalSchema.nullable().default(null),
  frameCount: z.int().min(0).nullable().default(null),
  license: z.string().max(400).nullable().default(null),
  source: z.string().max(4096).nullable().default(null),
})
export type VideoIdentity = z.infer<typeof videoIdentitySchema>

/** A core frame proven: `pts` in `timeBase` of the video, `image` = still in the export, `pixelSha256` of its decoded pixels. */
export const exportedFrameSchema = z.object({
  id: recordIdSchema,
  index: frameIndexSchema,
  pts: z.int(),
  timeBase: rationalSchema,
  timeSec: z.number(),
  image: z.string().max(4096).nullable(),
  sha256: sha256Schema.nullable(),
  pixelSha256: sha256Schema.nullable(),
})
export type ExportedFrame = z.infer<typeof exportedFrameSchema>

export const reviewNoteSchema = z.object({
  state: sampleStateSchema,
  decision: decisionSchema.nullable(),
  version: z.int().min(0),
})
export type ReviewNote = z.infer<typeof reviewNoteSchema>

/** A flag as it stands in a file. */
export const writtenFlagSchema = z.object({ code: defectCodeSchema, record: recordIdSchema.nullable(), message: z.string().max(2000) })
export type WrittenFlag = z.infer<typeof writtenFlagSchema>

/** Flags in the spelling of both formats. Whether a flag blocks is computed again by whoever reads them. */
export function writeFlags(flags: readonly Flag[]): WrittenFlag[] {
  return flags.map(({ code, recordId, message }) => ({ code, record: recordId, message }))
}
