/** `crema.sample/v1`: one sample a line, lossless. Our records are the truth; everything else makes them provable. */
import { z } from 'zod'
import { parseDocument } from '@/core/document'
import { flagSchema } from '@/core/flags'
import type { Json, JsonObject } from '@/core/formats/json'
import { problemsOf, problemsOfError, type RowResult } from '@/core/formats/row-problem'
import { exportedFrameSchema, reviewNoteSchema, videoIdentitySchema, writtenFlagSchema } from '@/core/formats/sample-facts'
import { provenanceMapSchema } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import { sampleSourceSchema } from '@/core/sample-source'
import { upgradeCremaRow } from './upgrade'
import { CREMA_SCHEMA } from './version'

/** Name of the format, in `Import.format`, `SampleSource.format` and on the command line. */
export const CREMA = 'crema'

const rowSchema = z.object({
  schema: z.literal(CREMA_SCHEMA),
  externalId: z.string().min(1).max(400),
  split: z.string().max(64).nullable().default(null),
  video: videoIdentitySchema.nullable(),
  document: z.unknown(),
  /** What the pipeline wrote; without it the document is the draft. */
  draft: z.unknown().optional(),
  frames: z.array(exportedFrameSchema).default([]),
  provenance: provenanceMapSchema.default({}),
  source: sampleSourceSchema.nullable().default(null),
  flags: z.array(writtenFlagSchema).default([]),
  rowProblems: z.array(flagSchema).default([]),
  review: reviewNoteSchema.nullable().default(null),
  extra: z.record(z.string(), z.json()).default({}),
})
type Parsed = z.infer<typeof rowSchema>

/** `extra` also takes the unknown fields of the row, so that they survive. */
export type CremaRow = Omit<Parsed, 'document' | 'draft'> & { readonly document: SampleDocument; readonly draft: SampleDocument }

const KNOWN: ReadonlySet<string> = new Set(Object.keys(rowSchema.shape))

function unknownFields(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !KNOWN.has(key)))
}

function documentIn(value: unknown, field: string): RowResult<SampleDocument> {
  try {
    return { ok: true, value: parseDocument(value) }
  } catch (thrown) {
    return { ok: false, problems: problemsOfError(thrown, field) }
  }
}

/** Reads one line of any known version. */
export function readCremaRow(row: JsonObject): RowResult<CremaRow> {
  const upgraded = upgradeCremaRow(row)
  if (!upgraded.ok) return upgraded
  const parsed = rowSchema.safeParse(upgraded.value)
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.error, upgraded.value) }
  const document = documentIn(parsed.data.document, 'document')
  if (!document.ok) return document
  const draft = parsed.data.draft === undefined || parsed.data.draft === null ? document : documentIn(parsed.data.draft, 'draft')
  if (!draft.ok) return draft
  const extra: Record<string, Json> = { ...unknownFields(upgraded.value), ...parsed.data.extra }
  return { ok: true, value: { ...parsed.data, document: document.value, draft: draft.value, extra } }
}

/** The members of a line; written with `canonicalJson`. */
export type CremaLine = Omit<CremaRow, 'draft'> & { readonly draft?: SampleDocument }
