/** Jobs that are given up: the row they were for ends with a reason, whatever became of its worker. */
import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import { db } from '@/server/db'
import { enqueue, type JobName, stageQueue, startQueue } from '@/server/jobs'
import { stopMedia } from '@/server/media/media-client'
import { run as buryJob } from './bury-job'
import { runWorker } from './main'
import { projectWithVideos, scripted, startTestRun, waitingTasks } from './pipeline-for-tests'
import type { TakenJob } from './run-job'
import { runStage } from './run-stage'

const NEVER = new AbortController().signal
const DIED = /worker died/
let projectId = ''
let boss: PgBoss

beforeAll(async () => {
  ;({ projectId } = await projectWithVideos('burials', ['vfr']))
  boss = await startQueue()
})
afterAll(async () => {
  stopMedia()
  await boss.stop({ graceful: false })
})

/** The job of this row in the hands of a worker, as it stands in the table of jobs. */
async function takeJob(name: JobName): Promise<string> {
  const [job] = await boss.fetch<{ id: string }>(name)
  if (job === undefined) throw new Error(`nothing waits in ${name}`)
  return job.id
}

/** Its worker dies for the last time: silent for longer than anybody waits. */
async function dieForGood(name: JobName, id: string): Promise<void> {
  await db.$transaction((tx) => enqueue(tx, name, id))
  const jobId = await takeJob(name)
  await db.$executeRaw`
    UPDATE pgboss.job SET retry_count = retry_limit, started_on = now() - interval '1 hour', heartbeat_on = now() - interval '1 hour'
    WHERE id = ${jobId}::uuid`
}

const letter = (id: string, sourceName: JobName, sourceOutput: object | null = null): TakenJob => ({
  id: randomUUID(),
  data: { id },
  signal: NEVER,
  retryCount: 0,
  sourceName,
  sourceOutput,
})

async function rows() {
  const video = { projectId, sha256: '1'.repeat(64), name: 'a.mp4', bytes: 1, state: 'running' as const }
  const row = { projectId, format: 'crema', state: 'running' as const }
  const errand = { projectId, userId: 'u1', kind: 'find-boxes', input: {}, state: 'running' as const }
  return {
    video: await db.video.create({ data: video }),
    import: await db.import.create({ data: { ...row, files: [], report: { options: { boxes: null } } } }),
    export: await db.export.create({ data: row }),
    errand: await db.errand.create({ data: errand }),
  }
}

describe('a job whose worker died for the last time', () => {
  it('leaves no row running: each says that its worker died', async () => {
    const made = await rows()
    await dieForGood('probe-video', made.video.id)
    await dieForGood('run-import', made.import.id)
    await dieForGood('run-export', made.export.id)
    await dieForGood('run-errand', made.errand.id)
    const runId = await startTestRun(projectId)
    const [task] = await waitingTasks(runId)
    const taken = await takeJob(stageQueue('sample-frames'))
    await db.task.update({ where: { id: task?.id ?? '' }, data: { state: 'running', attempt: 1 } })
    await db.$executeRaw`
      UPDATE pgboss.job SET retry_count = retry_limit, heartbeat_on = now() - interval '1 hour', started_on = now() - interval '1 hour'
      WHERE id = ${taken}::uuid`

    const stop = new AbortController()
    const working = runWorker(stop.signal)
    const states = async () => [
      (await db.video.findUniqueOrThrow({ where: { id: made.video.id } })).state,
      (await db.import.findUniqueOrThrow({ where: { id: made.import.id } })).state,
      (await db.export.findUniqueOrThrow({ where: { id: made.export.id } })).state,
      (await db.errand.findUniqueOrThrow({ where: { id: made.errand.id } })).state,
      (await db.run.findUniqueOrThrow({ where: { id: runId } })).state,
    ]
    await expect.poll(states, { timeout: 30_000 }).toEqual(['failed', 'failed', 'failed', 'failed', 'done'])
    stop.abort()
    await working

    expect(await db.video.findUniqueOrThrow({ where: { id: made.video.id } })).toMatchObject({
      errorCode: 'internal',
      errorMessage: expect.stringMatching(DIED),
    })
    expect(await db.import.findUniqueOrThrow({ where: { id: made.import.id } })).toMatchObject({
      attempt: 1,
      report: { error: { code: 'internal', message: expect.stringMatching(DIED) }, options: { boxes: null } },
    })
    expect(await db.export.findUniqueOrThrow({ where: { id: made.export.id } })).toMatchObject({
      attempt: 1,
      report: { error: { code: 'internal', message: expect.stringMatching(DIED) } },
    })
    expect(await db.errand.findUniqueOrThrow({ where: { id: made.errand.id } })).toMatchObject({
      errorCode: 'internal',
      errorMessage: expect.stringMatching(DIED),
    })
    expect(await db.task.findUniqueOrThrow({ where: { id: task?.id ?? '' } })).toMatchObject({ state: 'failed', attempt: 2 })
  })
})

describe('a dead letter', () => {
  it('tells the reason its worker gave', async () => {
    const { id } = await db.export.create({ data: { projectId, format: 'crema', state: 'waiting' } })
    const body = new AppError('missing_file', 'The still of frame 7 is gone.').toBody()
    await buryJob(id, NEVER, letter(id, 'run-export', body))
    const row = await db.export.findUniqueOrThrow({ where: { id } })
    expect(row).toMatchObject({ state: 'failed', report: { error: { code: 'missing_file', message: 'The still of frame 7 is gone.' } } })
  })

  it('of a stage keeps the reason too: a video that was deleted since', async () => {
    const runId = await startTestRun(projectId, { freshFrom: 'sample-frames' })
    const [task] = await waitingTasks(runId)
    const body = new AppError('missing_file', 'The video has been deleted since the run began.').toBody()
    await db.$executeRaw`DELETE FROM pgboss.job WHERE singleton_key = ${task?.id ?? ''}`
    await buryJob(task?.id ?? '', NEVER, letter(task?.id ?? '', stageQueue('sample-frames'), body))
    expect(await db.task.findUniqueOrThrow({ where: { id: task?.id ?? '' } })).toMatchObject({
      state: 'failed',
      errorCode: 'missing_file',
      errorMessage: body.message,
    })
  })

  it('leaves alone what is done, and what waits once more', async () => {
    const done = await db.export.create({ data: { projectId, format: 'crema', state: 'done', report: { samples: 3 } } })
    await buryJob(done.id, NEVER, letter(done.id, 'run-export'))
    expect(await db.export.findUniqueOrThrow({ where: { id: done.id } })).toEqual(done)
    const again = await db.export.create({ data: { projectId, format: 'crema' } })
    await db.$transaction((tx) => enqueue(tx, 'run-export', again.id))
    await buryJob(again.id, NEVER, letter(again.id, 'run-export'))
    expect(await db.export.findUniqueOrThrow({ where: { id: again.id } })).toEqual(again)
  })

  it('of stills, which no row waits for, is put away', async () => {
    const [video] = await db.video.findMany({ where: { projectId, state: 'done' } })
    await buryJob(video?.id ?? '', NEVER, letter(video?.id ?? '', 'prepare-stills'))
    expect(await db.video.findUniqueOrThrow({ where: { id: video?.id ?? '' } })).toEqual(video)
  })
})

describe('a task that was queued twice', () => {
  it('is not taken out of the hands that have it, and is taken when they are gone', async () => {
    const runId = await startTestRun(projectId, { freshFrom: 'sample-frames' })
    const [task] = await waitingTasks(runId)
    const id = task?.id ?? ''
    const first = await takeJob(stageQueue('sample-frames'))
    await db.task.update({ where: { id }, data: { state: 'running', attempt: 1 } })
    const stateOf = () => db.task.findUniqueOrThrow({ where: { id }, select: { state: true, attempt: true } })
    await runStage(id, NEVER, scripted(), randomUUID())
    expect(await stateOf()).toEqual({ state: 'running', attempt: 1 })
    // The queue hands out the first job again: its worker has died.
    await runStage(id, NEVER, scripted(), first)
    expect(await stateOf()).toEqual({ state: 'done', attempt: 2 })
  })
})
