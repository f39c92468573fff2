/**
 * Samples of a project in the order of their external ids by code unit, out of one snapshot: what people save while an export
 * runs is in the next one, and two exports of the same state read the same bytes.
 */

import { z } from 'zod'
import { flagSchema } from '@/core/flags'
import { provenanceMapSchema } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import { type SampleSource, sampleSourceSchema } from '@/core/sample-source'
import { decisionSchema, EXPORTABLE_STATES, type SampleState, sampleStateSchema } from '@/core/sample-state'
import { db, type Tx } from '../db'

export type StateChoice = 'approved' | 'all'

const facts = z.object({
  id: z.string(),
  externalId: z.string(),
  split: z.string().nullable(),
  task: z.string().nullable(),
  videoId: z.string().nullable(),
  version: z.int(),
  state: sampleStateSchema,
  decision: z.string().nullable(),
  flags: z.array(flagSchema),
  rowProblems: z.array(flagSchema).nullable(),
  provenance: provenanceMapSchema,
  source: sampleSourceSchema,
})

export type StoredSample = Omit<z.infer<typeof facts>, 'source' | 'decision'> & {
  readonly source: SampleSource
  readonly decision: z.infer<typeof decisionSchema> | null
  readonly document: SampleDocument
  readonly draft: SampleDocument
}

const BATCH = 500
const TRANSACTION = { isolationLevel: 'RepeatableRead', timeout: 6 * 3_600_000, maxWait: 60_000 } as const

type Row = { document: unknown; draft: unknown } & Record<string, unknown>

/** Documents are parsed when they are stored; parsing 200,000 of them again would take longer than all the rest. */
function storedDocument(value: unknown): SampleDocument {
  return value as SampleDocument
}

async function readBatch(tx: Tx, ids: readonly string[]): Promise<StoredSample[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id::text, s."externalId", s.split, s.task, s."videoId"::text, s.version, s.state::text, s.decision,
      b.flags, b."rowProblems", b.provenance, b.source, b.document, CASE WHEN b.draft = b.document THEN NULL ELSE b.draft END AS draft
    FROM "Sample" s JOIN "SampleBody" b ON b."sampleId" = s.id
    WHERE s.id = ANY(${ids}::uuid[]) ORDER BY s."externalId" COLLATE "C"`
  return rows.map((row) => {
    const document = storedDocument(row.document)
    const parsed = facts.parse(row)
    const decision = decisionSchema.safeParse(parsed.decision).data ?? null
    return { ...parsed, decision, document, draft: row.draft === null ? document : storedDocument(row.draft) }
  })
}

export type SampleReader = { readonly total: number; batches(): AsyncGenerator<StoredSample[]> }

/** Opens the snapshot and hands a reader to `use`; the snapshot ends with it. */
export function withSamples<T>(projectId: string, choice: StateChoice, use: (reader: SampleReader) => Promise<T>): Promise<T> {
  const states: readonly SampleState[] = choice === 'all' ? sampleStateSchema.options : EXPORTABLE_STATES
  return db.$transaction(async (tx) => {
    const total = await tx.sample.count({ where: { projectId, state: { in: [...states] } } })
    await tx.$executeRaw`DECLARE crema_export NO SCROLL CURSOR FOR
      SELECT s.id::text FROM "Sample" s WHERE s."projectId" = ${projectId}::uuid AND s.state::text = ANY(${[...states]})
      ORDER BY s."externalId" COLLATE "C"`
    async function* batches() {
      for (;;) {
        const ids = await tx.$queryRawUnsafe<{ id: string }[]>(`FETCH ${BATCH} FROM crema_export`)
        if (ids.length === 0) return
        yield await readBatch(
          tx,
          ids.map((row) => row.id),
        )
      }
    }
    return use({ total, batches })
  }, TRANSACTION)
}
