/**
 * Samples of a project in the order of their external ids by code unit, out of one snapshot: what people save while an export
 * runs is in the next one, and two exports of the same state read the same bytes.
 */

import type { Flag } from '@/core/flags'
import type { ProvenanceMap } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import type { SampleSource } from '@/core/sample-source'
import { type Decision, decisionSchema, EXPORTABLE_STATES, type SampleState, sampleStateSchema } from '@/core/sample-state'
import { db, type Tx } from '../db'

export type StateChoice = 'approved' | 'all'

/** Columns of one sample. JSON columns were parsed when they were stored; doing it again for 200,000 would take longer than all the rest. */
type Row = {
  readonly id: string
  readonly externalId: string
  readonly split: string | null
  readonly task: string | null
  readonly videoId: string | null
  readonly version: number
  readonly state: SampleState
  readonly decision: string | null
  readonly flags: readonly Flag[]
  readonly rowProblems: readonly Flag[] | null
  readonly provenance: ProvenanceMap
  readonly source: SampleSource
  readonly document: SampleDocument
  readonly draft: SampleDocument | null
}

export type StoredSample = Omit<Row, 'decision' | 'draft'> & { readonly decision: Decision | null; readonly draft: SampleDocument }

const BATCH = 500
const TRANSACTION = { isolationLevel: 'RepeatableRead', timeout: 6 * 3_600_000, maxWait: 60_000 } as const

async function readBatch(tx: Tx, ids: readonly string[]): Promise<StoredSample[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id::text, s."externalId", s.split, s.task, s."videoId"::text, s.version, s.state::text, s.decision,
      b.flags, b."rowProblems", b.provenance, b.source, b.document, CASE WHEN b.draft = b.document THEN NULL ELSE b.draft END AS draft
    FROM "Sample" s JOIN "SampleBody" b ON b."sampleId" = s.id
    WHERE s.id = ANY(${ids}::uuid[]) ORDER BY s."externalId" COLLATE "C"`
  return rows.map((row) => ({
    ...row,
    decision: decisionSchema.safeParse(row.decision).data ?? null,
    // Rows of before `originals` was kept have none.
    source: { ...row.source, originals: row.source.originals ?? {} },
    draft: row.draft ?? row.document,
  }))
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
    const nextBatch = async () => {
      const ids = await tx.$queryRawUnsafe<{ id: string }[]>(`FETCH ${BATCH} FROM crema_export`)
      const wanted = ids.map((row) => row.id)
      return wanted.length === 0 ? null : readBatch(tx, wanted)
    }
    // The database reads the next batch while this one is written.
    async function* batches() {
      let coming = nextBatch()
      try {
        for (let batch = await coming; batch !== null; batch = await coming) {
          coming = nextBatch()
          // Awaited at the next turn; a failure meanwhile must not count as unhandled.
          coming.catch(() => undefined)
          yield batch
        }
      } finally {
        await coming.catch(() => undefined)
      }
    }
    return use({ total, batches })
  }, TRANSACTION)
}
