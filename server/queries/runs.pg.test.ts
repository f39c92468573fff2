/** Runs of 500 videos: counts are right, pages meet every video once, and one statement is enough for each. */
import pg from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { RunVideo, VideoFilter } from '@/core/pipeline/run-videos'
import { STAGE_NAMES } from '@/core/pipeline/stages'
import { db } from '../db'
import { makeProject, makeUser } from '../people-for-tests'
import { getErrand } from './get-errand'
import { getRun } from './get-run'
import { getRunOutcomes } from './get-run-outcome'
import { listRunVideos } from './list-run-videos'
import { listRuns } from './list-runs'
import { addResult, fillRun, makeRun, makeVideo, type TestRun } from './run-rows-for-tests'

const VIDEOS = 500
const PAIRS = 9
let run: TestRun

beforeAll(async () => {
  run = await makeRun('big')
  await fillRun(run, VIDEOS, PAIRS)
})

/** Statements that reach the database while `work` runs. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const spy = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await work()
    return spy.mock.calls.length
  } finally {
    spy.mockRestore()
  }
}

async function walk(filter: VideoFilter): Promise<RunVideo[]> {
  const rows: RunVideo[] = []
  let after: string | null = null
  do {
    const page = await listRunVideos(run.runId, filter, after)
    rows.push(...page.rows)
    after = page.next
  } while (after !== null)
  return rows
}

describe('a run of 500 videos with nine drafts each', () => {
  it('is counted in one statement', async () => {
    const status = await getRun(run.projectId, { number: 1 })
    expect(status.videos).toEqual({ total: 500, done: 300, failed: 50, cancelled: 0, active: 150 })
    expect(status.drafts).toBe(300 * PAIRS)
    expect(status.failed).toBe(50)
    expect(status.retrying).toBe(50)
    expect(status.stages.map(({ stage }) => stage)).toEqual(STAGE_NAMES)
    const caption = status.stages[1]
    expect(caption).toMatchObject({ done: 400, memory: 50, waiting: 50, retrying: 50, total: 500, costMicroUsd: 350_000 })
    expect(caption?.perSec).toBeGreaterThan(0)
    expect(status.stages[10]).toMatchObject({ stage: 'ground', failed: 50 })
    expect(await statementsOf(() => getRun(run.projectId, { id: run.runId }))).toBe(1)
  })

  it('lists every video once, with all its stages, in one statement a page', async () => {
    const sizes: number[] = []
    for (const filter of ['active', 'failed', 'done'] as const) {
      const rows = await walk(filter)
      expect(new Set(rows.map(({ videoId }) => videoId)).size).toBe(rows.length)
      for (const row of rows) expect(row.cells).toHaveLength(STAGE_NAMES.length)
      sizes.push(rows.length)
    }
    expect(sizes).toEqual([150, 50, 300])
    expect(await statementsOf(() => listRunVideos(run.runId, 'done', null))).toBe(1)
  })

  it('shows what is at work before what has not begun', async () => {
    const rows = await walk('active')
    const begun = rows.map(({ cells }) => cells.some(({ state }) => state !== 'waiting'))
    expect(begun.indexOf(false)).toBe(100)
    expect(begun.slice(100).every((isBegun) => !isBegun)).toBe(true)
  })

  it('says in words what failed, and when it is tried again', async () => {
    const [failed] = (await listRunVideos(run.runId, 'failed', null)).rows
    expect(failed?.trouble).toMatchObject({ stage: 'ground', message: 'The answer was cut off.', tries: 3, nextTryAt: null })
    expect(failed?.failedTaskIds).toHaveLength(1)
    expect(failed?.cells[10]).toMatchObject({ state: 'failed', failed: 1, done: PAIRS - 1, total: PAIRS })
    const retrying = (await walk('active')).find(({ cells }) => cells[1]?.state === 'retrying')
    expect(retrying?.trouble).toMatchObject({ stage: 'caption', message: 'The server is busy.', tries: 1 })
    expect(retrying?.trouble?.nextTryAt).not.toBeNull()
    const fromMemory = (await walk('done')).find(({ name }) => name === 'clip_0004.mp4')
    expect(fromMemory?.cells.every(({ state }) => state === 'memory')).toBe(true)
    expect(fromMemory?.workSec).toBeCloseTo((6 + 9 * PAIRS) * 0.5)
  })

  it('is one row of the list, by one statement', async () => {
    const list = await listRuns(run.projectId)
    expect(list).toMatchObject([{ number: 1, drafts: 300 * PAIRS, failed: 50, videos: 500 }])
    expect(await statementsOf(() => listRuns(run.projectId))).toBe(1)
  })
})

describe('what is not there', () => {
  it('is refused by name', async () => {
    for (const key of [
      { number: 99 },
      { number: -1 },
      { number: Number.NaN },
      { number: 1e12 },
      { id: 'x' },
      { id: crypto.randomUUID() },
    ]) {
      await expect(getRun(run.projectId, key), JSON.stringify(key)).rejects.toMatchObject({ code: 'not_found' })
    }
    const other = await makeProject('elsewhere')
    await expect(getRun(other.id, { id: run.runId })).rejects.toMatchObject({ code: 'not_found' })
    expect(await listRuns(other.id)).toEqual([])
  })

  it('is no place in the list', async () => {
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const after of ['', 'x', made(null), made([99, 'a', crypto.randomUUID()]), made([0, 'a', 'no id']), made([0, 'a'])]) {
      await expect(listRunVideos(run.runId, 'done', after), after).rejects.toMatchObject({ code: 'invalid_input' })
    }
  })
})

describe('a run with nothing in it', () => {
  it('is all zero and knows no end', async () => {
    const empty = await makeRun('empty')
    const status = await getRun(empty.projectId, { number: 1 })
    expect(status).toMatchObject({ drafts: 0, failed: 0, videosPerMin: null, videos: { total: 0, done: 0 } })
    expect((await listRunVideos(empty.runId, 'active', null)).rows).toEqual([])
    expect(await getRunOutcomes(empty.projectId, 1)).toMatchObject({ own: { drafts: 0, flags: 0, rejectedPairs: 0 }, before: null })
  })
})

describe('two runs compared', () => {
  it('counts in the results, not in what became of the samples', async () => {
    const first = await makeRun('twice')
    const second = await makeRun('twice', 2, { projectId: first.projectId })
    const videoId = await makeVideo(first.projectId, 'a.mp4')
    const lint = (flagCodes: string[]) => ({ sampleId: null, outcome: 'written', flagCodes })
    await addResult(first, { videoId, stage: 'lint', position: 14, pairKey: 'a', output: lint(['B1']) })
    await addResult(second, { videoId, stage: 'lint', position: 14, pairKey: 'a', output: lint(['B1', 'Q3']) })
    await addResult(second, { videoId, stage: 'lint', position: 14, pairKey: 'b', output: lint([]) })
    const judged = [
      { key: 'a', isKept: true, judgements: [] },
      { key: 'c', isKept: false, judgements: [] },
    ]
    await addResult(second, { videoId, stage: 'filter-qa', position: 5, output: { judged } })
    expect((await getRunOutcomes(first.projectId, 2)).before).toBeNull()
    const finishedAt = new Date(Date.now() + 90_000)
    await db.run.updateMany({ where: { projectId: first.projectId }, data: { state: 'done', finishedAt } })
    const { own, before } = await getRunOutcomes(first.projectId, 2)
    expect(own).toMatchObject({ number: 2, drafts: 2, flags: 2, rejectedPairs: 1 })
    expect(before).toMatchObject({ number: 1, drafts: 1, flags: 1, rejectedPairs: 0 })
    expect(own?.durationSec).toBeGreaterThan(60)
    expect(await getRunOutcomes(first.projectId, 7)).toMatchObject({ own: null })
  })
})

describe('errands', () => {
  it('are answered to the one who asked', async () => {
    const project = await makeProject('errands')
    const [mine, other] = [await makeUser('Mine'), await makeUser('Other')]
    const data = { projectId: project.id, userId: mine.userId, kind: 'test-provider', input: {} }
    const { id } = await db.errand.create({ data: { ...data, state: 'done', output: { answer: 'yes', latencyMs: 3, costMicroUsd: null } } })
    expect(await getErrand(project.id, id, mine.userId)).toMatchObject({ state: 'done', output: { answer: 'yes' }, error: null })
    await expect(getErrand(project.id, id, other.userId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getErrand(project.id, 'x', mine.userId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getErrand(run.projectId, id, mine.userId)).rejects.toMatchObject({ code: 'not_found' })
    const failed = await db.errand.create({ data: { ...data, state: 'failed', errorCode: 'model_unavailable', errorMessage: 'Busy.' } })
    expect(await getErrand(project.id, failed.id, mine.userId)).toMatchObject({ error: { code: 'model_unavailable', message: 'Busy.' } })
  })
})
