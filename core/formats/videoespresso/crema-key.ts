/**
 * The one key our exports add to a VideoEspresso row. The released format cannot say which exact frame is meant, on which
 * frame a box lies or what a person decided; this key can, so that reading an export again gives the same document.
 * `rowSha256` covers the rest of the row: where somebody changed the row elsewhere, the key no longer speaks for it.
 */
import { z } from 'zod'
import { applyDiff, type Diff, diffSchema, reverseDiff } from '@/core/diff'
import { parseDocument } from '@/core/document'
import { AppError } from '@/core/errors'
import { flagSchema } from '@/core/flags'
import { canonicalJson, type Json, type JsonObject } from '@/core/formats/json'
import { problemsOf, problemsOfError, type RowResult } from '@/core/formats/row-problem'
import { exportedFrameSchema, reviewNoteSchema, videoIdentitySchema, writtenFlagSchema } from '@/core/formats/sample-facts'
import { provenanceMapSchema } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import { boxConventionSchema } from '@/core/sample-source'
import { CREMA_KEY } from './fields'

const CREMA_ROW_SCHEMA = 'crema.row/v1'

const cremaKeySchema = z.object({
  schema: z.literal(CREMA_ROW_SCHEMA),
  externalId: z.string().min(1).max(400),
  boxConvention: boxConventionSchema,
  video: videoIdentitySchema.nullable(),
  frames: z.array(exportedFrameSchema),
  document: z.unknown(),
  /** From the draft to the document. */
  changes: diffSchema,
  provenance: provenanceMapSchema,
  flags: z.array(writtenFlagSchema),
  rowProblems: z.array(flagSchema),
  review: reviewNoteSchema,
  rowSha256: z.string().regex(/^[0-9a-f]{64}$/),
})
type Parsed = z.infer<typeof cremaKeySchema>

/** The key as read: document and draft hold together, `isStale` = the row was changed since. */
export type CremaKey = Omit<Parsed, 'document' | 'changes'> & {
  readonly document: SampleDocument
  readonly draft: SampleDocument
  readonly isStale: boolean
}

/** What `addCremaKey` writes: everything of the key but its version and its hash. */
export type CremaKeyParts = Omit<Parsed, 'schema' | 'rowSha256' | 'document' | 'changes'> & {
  readonly document: SampleDocument
  readonly changes: Diff
}

type Hash = (text: string) => string

function withoutKey(row: JsonObject): JsonObject {
  const { [CREMA_KEY]: _crema, ...rest } = row
  return rest
}

/** The row with our key as its last member. `sha256` = hex digest of UTF-8 text. */
export function addCremaKey(row: JsonObject, parts: CremaKeyParts, sha256: Hash): Record<string, unknown> {
  return { ...row, [CREMA_KEY]: { schema: CREMA_ROW_SCHEMA, ...parts, rowSha256: sha256(canonicalJson(row)) } }
}

/** Reads the key of a row. A key of a later version of Crema is refused in words; one of another program is an error too. */
export function readCremaKey(value: Json, row: JsonObject, sha256: Hash): RowResult<CremaKey> {
  const parsed = cremaKeySchema.safeParse(value)
  if (!parsed.success) {
    const problems = problemsOf(parsed.error, value).map((problem) => ({
      ...problem,
      field: problem.field === '' ? CREMA_KEY : `${CREMA_KEY}.${problem.field}`,
    }))
    return { ok: false, problems }
  }
  const { document: rawDocument, changes, ...rest } = parsed.data
  const document = documentOr(() => parseDocument(rawDocument), 'document')
  if (!document.ok) return document
  // Parsed as well: the changes are of the right shape, but nothing says that what they lead back to holds together.
  const draft = documentOr(() => parseDocument(applyDiff(document.value, reverseDiff(changes))), 'changes')
  if (!draft.ok) return draft
  const isStale = sha256(canonicalJson(withoutKey(row))) !== rest.rowSha256
  return { ok: true, value: { ...rest, document: document.value, draft: draft.value, isStale } }
}

function documentOr(make: () => SampleDocument, part: 'document' | 'changes'): RowResult<SampleDocument> {
  const field = `${CREMA_KEY}.${part}`
  try {
    return { ok: true, value: make() }
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'version_conflict') return { ok: false, problems: problemsOfError(thrown, field) }
    const message = 'The changes do not lead to the document; remove the key to import the row by its other fields.'
    return { ok: false, problems: [{ field, code: 'bad_row', message }] }
  }
}
