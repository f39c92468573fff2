/**
 * The audit log: who did what, append-only (the database refuses UPDATE, DELETE and TRUNCATE). Each row holds the hash of
 * the row before it in its scope, so a row that was removed or changed behind our back breaks the chain.
 */
import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json'
import type { Tx } from './db'
import type { Prisma } from './generated/prisma/client'

export const SYSTEM_SCOPE = 'system'
const FIRST_HASH = '0'.repeat(64)

export type AuditEntry = {
  /** projectId, or `SYSTEM_SCOPE` */
  readonly scope: string
  /** null = the installation itself (worker, command line) */
  readonly actorId: string | null
  readonly action: string
  readonly subject?: string | null
  readonly facts?: Prisma.InputJsonObject
}

type Hashed = {
  scope: string
  seq: bigint
  actorId: string | null
  action: string
  subject: string | null
  facts: unknown
  createdAt: Date
}

function hashOf(prevHash: string, row: Hashed): string {
  const body = canonicalJson({
    scope: row.scope,
    seq: row.seq.toString(),
    actorId: row.actorId,
    action: row.action,
    subject: row.subject,
    facts: row.facts,
    at: row.createdAt.toISOString(),
  })
  return createHash('sha256').update(prevHash).update('\n').update(body).digest('hex')
}

/**
 * Appends one row inside the caller's transaction. The advisory lock makes writers of one scope queue up until commit, so
 * that two of them cannot follow the same row. Call it last in the transaction: the lock is then held for the shortest time.
 */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`audit:${entry.scope}`}, 0))`
  const last = await tx.auditEvent.findFirst({ where: { scope: entry.scope }, orderBy: { seq: 'desc' }, select: { seq: true, hash: true } })
  const prevHash = last?.hash ?? FIRST_HASH
  const row = {
    scope: entry.scope,
    seq: (last?.seq ?? 0n) + 1n,
    actorId: entry.actorId,
    action: entry.action,
    subject: entry.subject ?? null,
    facts: entry.facts ?? {},
    createdAt: new Date(),
  }
  await tx.auditEvent.create({ data: { ...row, prevHash, hash: hashOf(prevHash, row) } })
}

export type AuditCheck = { readonly rows: number; readonly brokenAt: bigint | null }

/** Walks the chain of a scope and returns the number of the first row that does not follow from the one before it. */
export async function verifyAudit(tx: Pick<Tx, 'auditEvent'>, scope: string): Promise<AuditCheck> {
  const PAGE = 1000
  let expected = 1n
  let prevHash = FIRST_HASH
  for (;;) {
    const rows = await tx.auditEvent.findMany({ where: { scope, seq: { gte: expected } }, orderBy: { seq: 'asc' }, take: PAGE })
    for (const row of rows) {
      if (row.seq !== expected || row.prevHash !== prevHash || row.hash !== hashOf(prevHash, row)) {
        return { rows: Number(expected - 1n), brokenAt: expected }
      }
      prevHash = row.hash
      expected += 1n
    }
    if (rows.length < PAGE) return { rows: Number(expected - 1n), brokenAt: null }
  }
}
