/**
 * A report is made once: a worker that dies costs the video in hand and no more, one that was given up writes nothing, and what was
 * cancelled stays cancelled.
 */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import { methodRow, sampleRow, videoRows } from '@/core/selection/report.fixture'
import { STANDARD_REPORT } from '@/core/selection/report-status'
import { db } from '../db'
import { makeProject } from '../people-for-tests'
import { getFramesUsed } from '../queries/get-frames-used'
import { getSelectorReport } from '../queries/get-selector-report'
import { listSelectorReports } from '../queries/list-selector-reports'
import { addReviewed, addVideo } from './reviewed-for-tests'
import { countReviewed, readReviewed } from './reviewed-samples'
import { createReport } from './start-report'
import { buryReport, type LookAtVideo, trackReport } from './track-report'

const NEVER = new AbortController().signal
let projectId: string
let videoIds: string[]

const start = () => db.$transaction((tx) => createReport(tx, { projectId, userId: null, options: STANDARD_REPORT }))
const rowOf = (id: string) => db.selectorReport.findUniqueOrThrow({ where: { id } })

/** Notes which videos were looked at, and chooses what it is told. */
function looker(before: (videoId: string) => Promise<void> | void = () => undefined): LookAtVideo & { readonly seen: string[] } {
  const seen: string[] = []
  const look: LookAtVideo = async ({ id }) => {
    await before(id)
    seen.push(id)
    return videoRows([sampleRow(id, { reviewed: [4], methods: [methodRow('topk', [4, 9])] })])
  }
  return Object.assign(look, { seen })
}

beforeEach(async () => {
  projectId = (await makeProject(`reports-${randomUUID()}`)).id
  videoIds = []
  for (let at = 0; at < 3; at += 1) {
    const videoId = await addVideo(projectId)
    videoIds.push(videoId)
    await addReviewed({ projectId, videoId })
  }
  videoIds.sort()
})

describe('trackReport', () => {
  it('looks at every video with settled samples once and ends with the figures', async () => {
    await addReviewed({ projectId, videoId: await addVideo(projectId), state: 'queued' })
    const missing = [
      await addReviewed({ projectId, videoId: null }),
      await addReviewed({ projectId, videoId: await addVideo(projectId, { state: 'failed' }) }),
    ]
    await addReviewed({ projectId, videoId: await addVideo(projectId, { frameTableSha256: null }), state: 'fixed' })
    const { reportId } = await start()
    const look = looker()
    await trackReport(reportId, NEVER, look)
    expect(look.seen).toEqual(videoIds)
    const report = await getSelectorReport(projectId, reportId)
    expect(report).toMatchObject({ state: 'done', videosDone: 3, videosTotal: 3, errorMessage: null, startedBy: null })
    expect(report.summary).toMatchObject({ videos: 3, samples: 3, reviewed: 3 })
    expect(report.summary?.methods[0]?.within1).toMatchObject({ precision: 0.5, recall: 1 })
    expect(report.summary?.leftOut).toEqual([{ reason: 'no-video', samples: 3, example: [...missing].sort()[0] }])
    const events = await db.auditEvent.findMany({ where: { scope: projectId, action: 'selector-report.done' } })
    expect(events.map(({ facts }) => facts)).toEqual([{ videos: 3, samples: 3 }])
  })

  it('is done at once, with nothing in it, where nothing was settled', async () => {
    await db.sample.updateMany({ where: { projectId }, data: { state: 'in_review' } })
    const { reportId } = await start()
    const look = looker()
    await trackReport(reportId, NEVER, look)
    expect(look.seen).toEqual([])
    expect((await getSelectorReport(projectId, reportId)).summary).toMatchObject({ samples: 0, methods: [], leftOut: [] })
  })

  it('goes on after a worker that died, without looking at a video again', async () => {
    const { reportId } = await start()
    const stop = new AbortController()
    const dying = looker((id) => {
      if (id !== videoIds[1]) return
      stop.abort(new Error('the worker is stopped'))
      throw stop.signal.reason
    })
    await expect(trackReport(reportId, stop.signal, dying)).rejects.toThrow('stopped')
    expect(await rowOf(reportId)).toMatchObject({ state: 'running', videosDone: 1, videosTotal: 3 })
    const next = looker()
    await trackReport(reportId, NEVER, next)
    expect(next.seen).toEqual(videoIds.slice(1))
    expect(await getSelectorReport(projectId, reportId)).toMatchObject({ state: 'done', videosDone: 3, summary: { samples: 3 } })
  })

  it('fences out a worker that comes too late', async () => {
    const { reportId } = await start()
    const late = looker(async (id) => {
      // While the first worker looks at the second video, another takes the report over and ends it.
      if (id === videoIds[1]) await trackReport(reportId, NEVER, looker())
    })
    await trackReport(reportId, NEVER, late)
    const report = await rowOf(reportId)
    expect(report).toMatchObject({ state: 'done', attempt: 2, videosDone: 3 })
    expect(await db.selectorReportVideo.count({ where: { reportId } })).toBe(3)
    expect(await db.auditEvent.count({ where: { scope: projectId, action: 'selector-report.done' } })).toBe(1)
    expect(late.seen).toHaveLength(2)
  })

  it('says why it failed, and leaves the queue to decide whether it is tried again', async () => {
    const { reportId } = await start()
    const failing = looker(() => {
      throw new AppError('missing_file', 'The embedded model ssd-coco has not been prepared yet.')
    })
    await expect(trackReport(reportId, NEVER, failing)).rejects.toMatchObject({ code: 'missing_file' })
    expect(await rowOf(reportId)).toMatchObject({ state: 'failed', errorMessage: expect.stringContaining('ssd-coco') })
    // A retry finds it over.
    await trackReport(reportId, NEVER, looker())
    expect((await rowOf(reportId)).state).toBe('failed')
  })

  it('stops when it is cancelled, and stays so', async () => {
    const { reportId } = await start()
    const cancelled = looker(async (id) => {
      if (id === videoIds[1]) await db.selectorReport.update({ where: { id: reportId }, data: { state: 'cancelled' } })
    })
    await trackReport(reportId, NEVER, cancelled)
    expect(cancelled.seen).toHaveLength(2)
    expect(await rowOf(reportId)).toMatchObject({ state: 'cancelled', videosDone: 1, summary: null })
    await trackReport(reportId, NEVER, looker())
    expect((await rowOf(reportId)).state).toBe('cancelled')
  })

  it('tells a long look at one video that it was cancelled', async () => {
    const { reportId } = await start()
    let isTold = false
    await trackReport(reportId, NEVER, async (_video, _options, signal) => {
      await db.selectorReport.update({ where: { id: reportId }, data: { state: 'cancelled' } })
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      isTold = true
      throw signal.reason
    })
    expect(isTold).toBe(true)
  })
})

describe('createReport', () => {
  it('refuses a second one while the first is at work, and not afterwards', async () => {
    const { reportId } = await start()
    await expect(start()).rejects.toMatchObject({ code: 'already_exists', details: { reportId } })
    await trackReport(reportId, NEVER, looker())
    const next = await start()
    expect(next.reportId).not.toBe(reportId)
    expect((await listSelectorReports(projectId)).reports.map(({ id, state }) => [id, state])).toEqual([
      [next.reportId, 'waiting'],
      [reportId, 'done'],
    ])
  })

  it('makes one of two that come at the same moment', async () => {
    const outcomes = await Promise.allSettled([start(), start(), start()])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db.selectorReport.count({ where: { projectId } })).toBe(1)
  })
})

describe('buryReport', () => {
  it('ends a report that waits or runs, and no other', async () => {
    const { reportId } = await start()
    await buryReport(reportId, new AppError('internal', 'The worker died on this again and again.'))
    expect(await rowOf(reportId)).toMatchObject({ state: 'failed', errorMessage: 'The worker died on this again and again.' })
    await buryReport(reportId, new AppError('internal', 'Another reason.'))
    expect((await rowOf(reportId)).errorMessage).toBe('The worker died on this again and again.')
  })
})

describe('readReviewed', () => {
  it('gives every settled sample of a video once, by external id in code units, over many batches', async () => {
    const videoId = await addVideo(projectId)
    const names = Array.from({ length: 230 }, (_, at) => `${at % 2 === 0 ? 'B' : 'a'}-${at}`)
    for (const externalId of names) await addReviewed({ projectId, videoId, externalId, question: `Why ${externalId}?` })
    await addReviewed({ projectId, videoId, state: 'rejected' })
    const read = []
    for await (const sample of readReviewed({ id: videoId, projectId })) read.push(sample)
    expect(read.map(({ externalId }) => externalId)).toEqual([...names].sort())
    expect(read.every(({ externalId, question, task }) => question === `Why ${externalId}?` && task === 'causal_inference')).toBe(true)
    expect(await countReviewed(projectId)).toBe(233)
  })
})

describe('getFramesUsed', () => {
  it('is of the newest report that is done, in its own project', async () => {
    expect(await getFramesUsed(projectId)).toBeNull()
    const { reportId } = await start()
    expect(await getFramesUsed(projectId)).toBeNull()
    await trackReport(reportId, NEVER, looker())
    const first = await getFramesUsed(projectId)
    expect(first).toMatchObject({ samples: 3, methods: [{ method: 'topk', mean: 2 }] })
    const next = await start()
    expect(await getFramesUsed(projectId)).toEqual(first)
    await trackReport(next.reportId, NEVER, async ({ id }) => videoRows([sampleRow(id, { methods: [methodRow('topk', [1])] })]))
    expect(await getFramesUsed(projectId)).toMatchObject({ methods: [{ method: 'topk', mean: 1 }] })
    expect(await getFramesUsed((await makeProject(`other-${randomUUID()}`)).id)).toBeNull()
  })

  it('is nothing where the newest one has measured nothing, or has figures of another shape', async () => {
    const { reportId } = await start()
    await trackReport(reportId, NEVER, looker())
    await db.selectorReport.update({ where: { id: reportId }, data: { summary: { old: true } } })
    expect(await getFramesUsed(projectId)).toBeNull()
    await db.sample.updateMany({ where: { projectId }, data: { state: 'in_review' } })
    await trackReport((await start()).reportId, NEVER, looker())
    expect(await getFramesUsed(projectId)).toBeNull()
  })
})

describe('getSelectorReport', () => {
  it('is of its own project only', async () => {
    const { reportId } = await start()
    const other = await makeProject(`other-${randomUUID()}`)
    await expect(getSelectorReport(other.id, reportId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(getSelectorReport(projectId, 'x')).rejects.toMatchObject({ code: 'not_found' })
  })
})
