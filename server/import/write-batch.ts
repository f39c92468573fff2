/**
 * Writes a batch of samples in one transaction, together with the jobs that prepare their stills (invariant 6). One statement
 * a table: a loop of creates would need an hour for what this does in minutes.
 */
import { randomUUID } from 'node:crypto'
import { diffDocuments, isEmptyDiff } from '@/core/diff'
import { approvalBlockers } from '@/core/review-items'
import { db, type Tx } from '../db'
import { enqueue } from '../jobs'
import { type Sorted, sortByExistence } from './existing-samples'
import type { PreparedSample } from './prepared-sample'
import { uuidV7 } from './uuid-v7'

export type BatchResult = Pick<Sorted, 'unchanged' | 'different'> & { readonly written: readonly PreparedSample[] }

/** `userId` = who imports, null = the command line. */
export type BatchContext = { readonly projectId: string; readonly userId: string | null }

const IMPORTER = 'import'
const TRANSACTION = { timeout: 120_000, maxWait: 60_000 } as const

/** State and decision of a sample that was reviewed where the file was written; approval is checked again, not believed. */
function restored(sample: PreparedSample): { state: string; decision: string | null } {
  const review = sample.review
  const queued = { state: 'queued', decision: null }
  if (review === null) return queued
  const state = review.state === 'released' ? 'approved' : review.state
  if (state === 'rejected' || state === 'sent_back') return { state, decision: review.decision }
  if (state !== 'approved' && state !== 'fixed') return queued
  return approvalBlockers(sample.document, sample.flags).length === 0 ? { state, decision: review.decision } : queued
}

function rowsOf(sample: PreparedSample, id: string, ordinal: bigint | null, { projectId, userId }: BatchContext) {
  const diff = diffDocuments(sample.draft, sample.document)
  const isEdited = !isEmptyDiff(diff)
  const { state, decision } = restored(sample)
  const { summary } = sample
  const narrow = {
    id,
    projectId,
    videoId: sample.videoId,
    externalId: sample.externalId,
    sourceHash: sample.sourceHash,
    ordinal: ordinal === null ? null : ordinal.toString(),
    split: sample.split,
    task: summary.task,
    question: summary.question,
    state,
    version: isEdited ? 1 : 0,
    risk: summary.risk,
    flagCodes: summary.flagCodes,
    isBlocked: summary.isBlocked,
    itemsTotal: summary.itemsTotal,
    itemsDone: summary.itemsDone,
    thumbFrame: summary.thumbFrame,
    decision,
    isDecided: decision !== null,
  }
  const body = {
    sampleId: id,
    // Mostly both are the same; sent once, the database copies it.
    draft: isEdited ? sample.draft : null,
    document: sample.document,
    flags: sample.flags,
    rowProblems: sample.rowProblems,
    provenance: sample.provenance,
    source: sample.source,
  }
  // The edits of a sample fold to its document; what came reviewed is one edit of whoever imports it.
  const edit = isEdited ? { id: uuidV7(), sampleId: id, userId: userId ?? IMPORTER, mutationId: randomUUID(), diff } : null
  return { narrow, body, edit }
}

type Rows = ReturnType<typeof rowsOf>

/** A sample with the id and the place it is to have; `ordinal` null = behind all others. */
type Placed = { readonly sample: PreparedSample; readonly id: string; readonly ordinal: bigint | null }

/** Inserts samples in the caller's transaction; what exists under its external id already is left out. Answers with what was written. */
export async function insertPlaced(tx: Tx, context: BatchContext, placed: readonly Placed[]): Promise<readonly PreparedSample[]> {
  const entries = placed.map(({ sample, id, ordinal }) => ({ sample, rows: rowsOf(sample, id, ordinal, context) }))
  const ids = await insertSamples(
    tx,
    entries.map((entry) => entry.rows),
  )
  const kept = entries.filter((entry) => ids.has(entry.rows.narrow.id))
  const rows = kept.map((entry) => entry.rows)
  await insertBodies(tx, rows)
  await insertEdits(tx, rows)
  return kept.map((entry) => entry.sample)
}

async function insertSamples(tx: Tx, rows: readonly Rows[]): Promise<Set<string>> {
  const inserted = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO "Sample" (id, "projectId", "videoId", "externalId", "sourceHash", ordinal, split, task, question, state, version, risk,
      "flagCodes", "isBlocked", "itemsTotal", "itemsDone", "thumbFrame", decision, "decidedAt", "updatedAt")
    SELECT r.id, r."projectId", r."videoId", r."externalId", r."sourceHash",
      COALESCE(r.ordinal, nextval(pg_get_serial_sequence('"Sample"', 'ordinal'))), r.split, r.task, r.question,
      r.state::"SampleState", r.version, r.risk, ARRAY(SELECT json_array_elements_text(r."flagCodes")), r."isBlocked", r."itemsTotal",
      r."itemsDone", r."thumbFrame", r.decision, CASE WHEN r."isDecided" THEN now() END, now()
    FROM json_to_recordset(${JSON.stringify(rows.map((row) => row.narrow))}::json) AS r(
      id uuid, "projectId" uuid, "videoId" uuid, "externalId" text, "sourceHash" text, ordinal bigint, split text, task text, question text,
      state text, version int, risk float8, "flagCodes" json, "isBlocked" boolean, "itemsTotal" int, "itemsDone" int, "thumbFrame" int,
      decision text, "isDecided" boolean)
    ON CONFLICT ("projectId", "externalId") DO NOTHING
    RETURNING id::text`
  return new Set(inserted.map((row) => row.id))
}

async function insertBodies(tx: Tx, rows: readonly Rows[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "SampleBody" ("sampleId", draft, document, flags, "rowProblems", provenance, source)
    SELECT r."sampleId", COALESCE(r.draft, r.document), r.document, r.flags, r."rowProblems", r.provenance, r.source
    FROM json_to_recordset(${JSON.stringify(rows.map((row) => row.body))}::json) AS r(
      "sampleId" uuid, draft jsonb, document jsonb, flags jsonb, "rowProblems" jsonb, provenance jsonb, source jsonb)`
}

async function insertEdits(tx: Tx, rows: readonly Rows[]): Promise<void> {
  const edits = rows.flatMap((row) => row.edit ?? [])
  if (edits.length === 0) return
  await tx.edit.createMany({ data: edits.map((edit) => ({ ...edit, version: 1, diff: JSON.parse(JSON.stringify(edit.diff)) })) })
}

/** Writes what is new, leaves the rest. `isStillsJobDue` = whether a video that got samples is to be queued now. Samples that another import wrote meanwhile count as unchanged. */
export async function writeBatch(
  context: BatchContext,
  samples: readonly PreparedSample[],
  isStillsJobDue: (videoId: string) => boolean,
): Promise<BatchResult> {
  return db.$transaction(async (tx) => {
    const sorted = await sortByExistence(tx, context.projectId, samples)
    if (sorted.relink.length > 0) {
      // A draft cannot be changed; an untouched sample without its video is replaced instead, under its id and place.
      await tx.sample.deleteMany({
        where: { id: { in: sorted.relink.map((entry) => entry.id) }, version: { in: [0, 1] }, videoId: null, state: 'queued' },
      })
    }
    const placed = [...sorted.fresh.map((sample) => ({ sample, id: uuidV7(), ordinal: null })), ...sorted.relink]
    if (placed.length === 0) return { unchanged: sorted.unchanged, different: sorted.different, written: [] }
    const written = await insertPlaced(tx, context, placed)
    const videoIds = new Set(
      written.flatMap((sample) => (sample.videoId !== null && sample.summary.thumbFrame !== null ? [sample.videoId] : [])),
    )
    for (const videoId of videoIds) if (isStillsJobDue(videoId)) await enqueue(tx, 'prepare-stills', videoId)
    const lost = placed.map((entry) => entry.sample).filter((sample) => !written.includes(sample))
    return { unchanged: [...sorted.unchanged, ...lost], different: sorted.different, written }
  }, TRANSACTION)
}
