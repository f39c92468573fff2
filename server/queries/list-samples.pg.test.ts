/** Every page order walks through every sample exactly once, whatever ties there are; filters and counts agree with the rows. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { EMPTY_FILTER, type SampleFilter, sampleOrderSchema } from '@/core/sample-filter'
import type { SampleRow } from '@/core/sample-row'
import { db } from '@/server/db'
import { countFacets, countSamples } from './count-samples'
import { listSamples } from './list-samples'

const N = 137
let projectId: string
let otherId: string

beforeAll(async () => {
  const [mine, other] = await Promise.all(
    ['mine', 'other'].map((name) => db.project.create({ data: { slug: `${name}-${randomUUID()}`, name } })),
  )
  projectId = mine?.id ?? ''
  otherId = other?.id ?? ''
  for (const id of [projectId, otherId]) {
    await db.$executeRaw`
      INSERT INTO "Sample" ("id", "projectId", "externalId", "sourceHash", "task", "question", "state", "risk", "flagCodes", "isBlocked", "updatedAt")
      SELECT gen_random_uuid(), ${id}::uuid, 'row-' || i, md5(i::text), (ARRAY['causal_inference', 'event_process', NULL])[1 + i % 3],
        (ARRAY['Why does the man drop the rope?', 'Who''s at the gate; 100% sure?', '男人为什么放下绳子？'])[1 + i % 3],
        (ARRAY['queued', 'approved', 'rejected', 'in_review'])[1 + i % 4]::"SampleState", round((i % 5) / 7.0, 3), CASE WHEN i % 2 = 0 THEN ARRAY['B1', 'Q3'] ELSE '{}'::text[] END,
        i % 2 = 0, now() - (i % 4) * interval '1 hour'
      FROM generate_series(1, ${N}::int) i`
  }
})

async function walk(filter: SampleFilter, limit: number): Promise<SampleRow[]> {
  const rows: SampleRow[] = []
  let page = await listSamples(projectId, filter, { offset: 0 }, limit)
  for (;;) {
    rows.push(...page.rows)
    if (page.next === null) return rows
    page = await listSamples(projectId, filter, { after: page.next }, limit)
  }
}

describe.each(sampleOrderSchema.options)('order %s', (order) => {
  it('meets every sample once, and keyset and jump agree', async () => {
    const filter = { ...EMPTY_FILTER, order }
    const rows = await walk(filter, 10)
    expect(rows).toHaveLength(N)
    expect(new Set(rows.map((row) => row.id)).size).toBe(N)
    for (const offset of [0, 1, 60, 130]) {
      const jump = await listSamples(projectId, filter, { offset }, 7)
      expect(jump.rows.map((row) => row.id)).toEqual(rows.slice(offset, offset + 7).map((row) => row.id))
    }
  })

  it('is the order it says', async () => {
    const rows = await walk({ ...EMPTY_FILTER, order }, 50)
    for (const [index, row] of rows.entries()) {
      const before = rows[index - 1]
      if (before === undefined) continue
      if (order === 'risk') expect(before.risk).toBeGreaterThanOrEqual(row.risk)
      if (order === 'recent') expect(Date.parse(before.updatedAt)).toBeGreaterThanOrEqual(Date.parse(row.updatedAt))
      if (order === 'import') expect(BigInt(before.ordinal)).toBeLessThan(BigInt(row.ordinal))
    }
  })

  it('refuses a cursor that is not one', async () => {
    const made = (text: string) => Buffer.from(text).toString('base64url')
    const keys = order === 'import' ? [] : [made('["NaN","1"]'), made('["","1"]')]
    for (const after of ['', 'x', made('["a","b"]'), made('{}'), made(`["0","${'9'.repeat(30)}"]`), ...keys]) {
      await expect(listSamples(projectId, { ...EMPTY_FILTER, order }, { after }, 5), after).rejects.toMatchObject({ code: 'invalid_input' })
    }
  })
})

describe('filter', () => {
  const cases: [string, Partial<SampleFilter>, (row: SampleRow) => boolean][] = [
    ['state', { state: ['queued', 'rejected'] }, (row) => row.state === 'queued' || row.state === 'rejected'],
    ['task', { task: ['causal_inference'] }, (row) => row.task === 'causal_inference'],
    ['no task', { task: [''] }, (row) => row.task === null],
    ['task or none', { task: ['', 'event_process'] }, (row) => row.task !== 'causal_inference'],
    ['flag', { flag: ['B1', 'V1'] }, (row) => row.flagCodes.includes('B1')],
    ['words by their beginning', { text: 'MAN rop' }, (row) => row.question.includes('rope')],
    ['text that looks like a query', { text: `gate & ! | ' :* ( who's` }, (row) => row.question.includes('gate')],
    ['characters without spaces between words', { text: '放下' }, (row) => row.question.includes('放下')],
    ['signs only', { text: '%' }, (row) => row.question.includes('%')],
    ['external id', { text: 'row-17' }, (row) => row.externalId === 'row-17'],
    [
      'everything together',
      { state: ['queued'], task: ['event_process'], flag: ['Q3'] },
      (row) => row.state === 'queued' && row.task === 'event_process' && row.flagCodes.length > 0,
    ],
    ['a video nobody has', { videoId: randomUUID() }, () => false],
  ]

  it.each(cases)('by %s', async (_name, part, isWanted) => {
    const filter = { ...EMPTY_FILTER, ...part }
    const all = await walk(EMPTY_FILTER, 200)
    const rows = await walk(filter, 20)
    expect(rows.map((row) => row.externalId).sort()).toEqual(
      all
        .filter(isWanted)
        .map((row) => row.externalId)
        .sort(),
    )
    expect(await countSamples(projectId, filter)).toBe(rows.length)
  })

  it('counts each group under the choices of the others', async () => {
    const facets = await countFacets(projectId, { ...EMPTY_FILTER, state: ['queued'], task: ['causal_inference'] })
    const all = await walk(EMPTY_FILTER, 200)
    const count = (isWanted: (row: SampleRow) => boolean) => all.filter(isWanted).length
    expect(facets.total).toBe(count((row) => row.state === 'queued' && row.task === 'causal_inference'))
    expect(facets.state.approved).toBe(count((row) => row.state === 'approved' && row.task === 'causal_inference'))
    expect(facets.task['']).toBe(count((row) => row.state === 'queued' && row.task === null))
    expect(facets.flag.B1).toBe(count((row) => row.state === 'queued' && row.task === 'causal_inference' && row.flagCodes.includes('B1')))
  })
})
