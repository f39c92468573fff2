import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isDatabaseGone } from './database-errors'
import { db, IDLE_LIMIT_MS } from './db'

async function makeSample() {
  const slug = randomUUID()
  const project = await db.project.create({ data: { slug, name: 'Test' } })
  return db.sample.create({
    data: {
      projectId: project.id,
      externalId: 'a',
      sourceHash: 'x',
      question: 'Why does the red ball fall?',
      body: { create: { draft: { question: 'draft' }, document: { question: 'draft' } } },
    },
  })
}

describe('guards in the database', () => {
  it('refuse a change of a draft and allow one of the document (invariant 2)', async () => {
    const { id } = await makeSample()
    await db.sampleBody.update({ where: { sampleId: id }, data: { document: { question: 'better' } } })
    await db.sampleBody.update({ where: { sampleId: id }, data: { draft: { question: 'draft' } } })
    await expect(db.sampleBody.update({ where: { sampleId: id }, data: { draft: { question: 'other' } } })).rejects.toThrow(
      /cannot be changed/,
    )
    const body = await db.sampleBody.findUniqueOrThrow({ where: { sampleId: id } })
    expect(body.draft).toEqual({ question: 'draft' })
    expect(body.document).toEqual({ question: 'better' })
  })

  it.each([
    ['UPDATE', `update "AuditEvent" set action = 'forged'`],
    ['DELETE', `delete from "AuditEvent"`],
    ['TRUNCATE', `truncate "AuditEvent"`],
  ])('refuse %s on the audit log', async (_name, statement) => {
    await db.auditEvent.create({ data: { scope: randomUUID(), seq: 1n, action: 'test', prevHash: '', hash: 'h' } })
    await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/can only be added to/)
    expect(await db.auditEvent.count({ where: { action: 'test' } })).toBeGreaterThan(0)
  })

  it('let a deleted project take its samples with it', async () => {
    const { projectId } = await makeSample()
    await db.project.delete({ where: { id: projectId } })
    expect(await db.sample.count({ where: { projectId } })).toBe(0)
  })

  it('find words of a question through the index', async () => {
    const { id, projectId } = await makeSample()
    const rows = await db.$queryRaw`
      select id from "Sample" where "projectId" = ${projectId}::uuid
      and to_tsvector('simple', question) @@ websearch_to_tsquery('simple', 'RED ball')`
    expect(rows).toEqual([{ id }])
  })
})

describe('a transaction that stands still', () => {
  it('is ended by the server after a while', async () => {
    const [row] = await db.$queryRaw<{ limit: string }[]>`SELECT current_setting('idle_in_transaction_session_timeout') AS limit`
    expect(row?.limit).toBe(`${IDLE_LIMIT_MS / 1000}s`)
  })

  it('lets go of what others wait for, keeps nothing it wrote, and is told that the database was away', async () => {
    const { id } = await makeSample()
    const [ended, other] = await Promise.allSettled([
      db.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 300`
        await tx.sample.update({ where: { id }, data: { externalId: 'frozen' } })
        await new Promise((resolve) => setTimeout(resolve, 1500))
        await tx.sample.update({ where: { id }, data: { externalId: 'awake' } })
      }),
      new Promise((resolve) => setTimeout(resolve, 100)).then(() => db.sample.update({ where: { id }, data: { externalId: 'heir' } })),
    ])
    expect(other.status).toBe('fulfilled')
    expect(ended.status === 'rejected' && isDatabaseGone(ended.reason)).toBe(true)
    expect(await db.sample.findUniqueOrThrow({ where: { id } })).toMatchObject({ externalId: 'heir' })
  })
})
