/** A row that was written can be neither changed nor removed, and if somebody with the keys to the database does it, it shows. */
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { audit, verifyAudit } from './audit'
import { canonicalJson } from './canonical-json'
import { db } from './db'

async function scopeWith(rows: number): Promise<string> {
  const scope = randomUUID()
  for (let n = 0; n < rows; n += 1) {
    await db.$transaction((tx) =>
      audit(tx, { scope, actorId: 'someone', action: 'test.act', subject: `s${n}`, facts: { z: n, a: ['é', null, { b: 1.5 }] } }),
    )
  }
  return scope
}

it('numbers rows from 1 and chains them', async () => {
  const scope = await scopeWith(3)
  const rows = await db.auditEvent.findMany({ where: { scope }, orderBy: { seq: 'asc' } })
  expect(rows.map((row) => row.seq)).toEqual([1n, 2n, 3n])
  expect(rows[1]?.prevHash).toBe(rows[0]?.hash)
  expect(await verifyAudit(db, scope)).toEqual({ rows: 3, brokenAt: null })
})

it('keeps one chain when many write at once', async () => {
  const scope = randomUUID()
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      db.$transaction((tx) => audit(tx, { scope, actorId: null, action: `act.${n}` }), { maxWait: 30_000, timeout: 30_000 }),
    ),
  )
  expect(await verifyAudit(db, scope)).toEqual({ rows: 20, brokenAt: null })
})

it('leaves nothing behind when the transaction is rolled back', async () => {
  const scope = await scopeWith(1)
  await expect(
    db.$transaction(async (tx) => {
      await audit(tx, { scope, actorId: null, action: 'never' })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(await verifyAudit(db, scope)).toEqual({ rows: 1, brokenAt: null })
})

it('is append-only for everybody who goes through the front door', async () => {
  const scope = await scopeWith(1)
  await expect(db.auditEvent.updateMany({ where: { scope }, data: { action: 'other' } })).rejects.toThrow()
  await expect(db.auditEvent.deleteMany({ where: { scope } })).rejects.toThrow()
  await expect(db.$executeRaw`TRUNCATE "AuditEvent"`).rejects.toThrow()
  expect(await verifyAudit(db, scope)).toEqual({ rows: 1, brokenAt: null })
})

it.each([
  ['a changed fact', `UPDATE "AuditEvent" SET "facts" = '{"z":9}' WHERE "scope" = $1 AND "seq" = 2`, 2n],
  ['another actor', `UPDATE "AuditEvent" SET "actorId" = 'mallory' WHERE "scope" = $1 AND "seq" = 1`, 1n],
  ['a removed row', `DELETE FROM "AuditEvent" WHERE "scope" = $1 AND "seq" = 2`, 2n],
])('shows %s', async (_label, statement, brokenAt) => {
  const scope = await scopeWith(3)
  await db.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(`SET LOCAL session_replication_role = replica`)
    await tx.$executeRawUnsafe(statement, scope)
  })
  expect((await verifyAudit(db, scope)).brokenAt).toBe(brokenAt)
})

it('canonical JSON does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [1, undefined, { d: 1, c: undefined }], a: 'x' })).toBe(canonicalJson({ a: 'x', b: [1, null, { d: 1 }] }))
})
