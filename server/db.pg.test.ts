import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db } from './db'

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
