/**
 * Samples of a project in the order of their external ids by code unit, out of one snapshot: what people save while an export
 * runs is in the next one, and two exports of the same state read the same bytes.
 */

import { setImmediate } from 'node:timers/promises'
import type { Flag } from '@/core/flags'
import type { ProvenanceMap } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import type { SampleSource } from '@/core/sample-source'
import { type Decision, decisionSchema, EXPORTABLE_STATES, type SampleState, sampleStateSchema } from '@/core/sample-state'
import { db, type Tx } from '../db'
import { readAhead } from './read-ahead'

export type StateChoice = 'approved' | 'all'

type Narrow = {
  readonly id: string
  readonly externalId: string
  readonly split: string | null
  readonly task: string | null
  readonly videoId: string | null
  readonly version: number
  readonly state: SampleState
}

/** JSON stays text until its turn comes: objects of hundreds of rows that wait cost the collector more than reading them costs. */
type Row = Narrow & {
  readonly decision: string | null
  readonly flags: string
  readonly rowProblems: string | null
  readonly provenance: string
  readonly source: string
  readonly document: string
  /** null = the same as the document */
  readonly draft: string | null
}

export type StoredSample = Narrow & {
  readonly decision: Decision | null
  readonly flags: readonly Flag[]
  readonly rowProblems: readonly Flag[]
  readonly provenance: ProvenanceMap
  readonly source: SampleSource
  readonly document: SampleDocument
  readonly draft: SampleDocument
}

/** Ids that one fetch takes from the cursor. */
const IDS = 5000
/** Rows that one query reads, and how many such reads are ahead of the writing. */
const BATCH = 200
const AHEAD = 2
/** Samples that are objects at the same time. */
const SLICE = 25
const TRANSACTION = { isolationLevel: 'RepeatableRead', timeout: 6 * 3_600_000, maxWait: 60_000 } as const

async function readRows(tx: Tx, ids: readonly string[]): Promise<Row[]> {
  // Equal bytes (`*=`) are found much faster than equal values; only where bytes differ the values are looked at.
  const rows = await tx.$queryRaw<Row[]>`
    SELECT s.id::text, s."externalId", s.split, s.task, s."videoId"::text, s.version, s.state::text, s.decision,
      b.flags::text, b."rowProblems"::text, b.provenance::text, b.source::text, b.document::text,
      CASE WHEN ROW(b.draft)::record *= ROW(b.document)::record OR b.draft = b.document THEN NULL ELSE b.draft::text END AS draft
    FROM "Sample" s JOIN "SampleBody" b ON b."sampleId" = s.id
    WHERE s.id = ANY(${ids}::uuid[])`
  // Sorting in the database would hold back the first row until the last one is read.
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** JSON columns were parsed by their schemas when they were stored; doing it again for 200,000 would take longer than all the rest. */
function toSample(row: Row): StoredSample {
  const source: SampleSource = JSON.parse(row.source)
  const document: SampleDocument = JSON.parse(row.document)
  return {
    ...row,
    decision: decisionSchema.safeParse(row.decision).data ?? null,
    flags: JSON.parse(row.flags),
    rowProblems: row.rowProblems === null ? [] : JSON.parse(row.rowProblems),
    provenance: JSON.parse(row.provenance),
    // Rows of before `originals` was kept have none.
    source: { ...source, originals: source.originals ?? {} },
    document,
    draft: row.draft === null ? document : JSON.parse(row.draft),
  }
}

export type SampleReader = { readonly total: number; batches(): AsyncGenerator<StoredSample[]> }

/** Opens the snapshot and hands a reader to `use`; the snapshot ends with it. */
export function withSamples<T>(projectId: string, choice: StateChoice, use: (reader: SampleReader) => Promise<T>): Promise<T> {
  const states: readonly SampleState[] = choice === 'all' ? sampleStateSchema.options : EXPORTABLE_STATES
  return db.$transaction(async (tx) => {
    // It locks nothing that others wait for, and may stand still while pictures are made.
    await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 0`
    const total = await tx.sample.count({ where: { projectId, state: { in: [...states] } } })
    await tx.$executeRaw`DECLARE crema_export NO SCROLL CURSOR FOR
      SELECT s.id::text FROM "Sample" s WHERE s."projectId" = ${projectId}::uuid AND s.state::text = ANY(${[...states]})
      ORDER BY s."externalId" COLLATE "C"`
    async function* readBatches() {
      for (;;) {
        const ids = await tx.$queryRawUnsafe<{ id: string }[]>(`FETCH ${IDS} FROM crema_export`)
        if (ids.length === 0) return
        for (let at = 0; at < ids.length; at += BATCH) {
          const wanted = ids.slice(at, at + BATCH).map((row) => row.id)
          yield readRows(tx, wanted)
        }
      }
    }
    async function* batches() {
      for await (const rows of readAhead(readBatches(), AHEAD)) {
        for (let at = 0; at < rows.length; at += SLICE) {
          yield rows.slice(at, at + SLICE).map(toSample)
          // What the database sends has to be taken, or it waits.
          await setImmediate()
        }
      }
    }
    return use({ total, batches })
  }, TRANSACTION)
}
