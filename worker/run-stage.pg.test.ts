import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import { PRESETS } from '@/core/pipeline/settings'
import { STAGE_NAMES, stagePosition } from '@/core/pipeline/stages'
import { db } from '@/server/db'
import { stopMedia } from '@/server/media/media-client'
import { reserve } from '@/server/pipeline/budget'
import { cancelRun, pauseRun, resumeRun, retryTasks } from '@/server/pipeline/control-run'
import { buryTask } from '@/server/pipeline/fail-task'
import { drain, projectWithVideos, type Script, scripted, startTestRun, waitingTasks } from './pipeline-for-tests'
import { runStage } from './run-stage'

const NEVER = new AbortController().signal
let projectId = ''
let videoIds: string[] = []

beforeAll(async () => {
  ;({ projectId, videoIds } = await projectWithVideos('engine', ['vfr']))
})
afterAll(() => stopMedia())

const runOf = (id: string) => db.run.findUniqueOrThrow({ where: { id } })
const tasksOf = (runId: string) => db.task.findMany({ where: { runId }, orderBy: [{ position: 'asc' }, { place: 'asc' }] })
const failing = (stage: string, error: () => Error, times = Number.POSITIVE_INFINITY): Script => {
  let left = times
  return {
    before: (name) => {
      if (name !== stage || left <= 0) return
      left -= 1
      throw error()
    },
  }
}
/** Each test asks anew, so that none stands on what another has left in memory. */
const fresh = () => startTestRun(projectId, { freshFrom: 'sample-frames' })
const removeSamples = () => db.sample.deleteMany({ where: { projectId } })

describe('a run', () => {
  it('goes through all stages and writes a sample for each kept question', async () => {
    const runId = await fresh()
    await drain(runId, scripted())
    expect((await runOf(runId)).state).toBe('done')
    const tasks = await tasksOf(runId)
    expect(tasks).toHaveLength(6 + 9 * 2)
    expect(tasks.every((task) => task.state === 'done' && task.attempt === 1)).toBe(true)
    const samples = await db.sample.findMany({ where: { projectId }, orderBy: { ordinal: 'asc' }, include: { body: true } })
    expect(samples.map((sample) => sample.question)).toEqual(['Why does one happen?', 'Why does two happen?'])
    expect(samples.every((sample) => sample.state === 'queued' && sample.runId === runId)).toBe(true)
    const audit = await db.auditEvent.findMany({ where: { scope: projectId, action: 'run.done', subject: runId } })
    expect(audit).toHaveLength(1)
  })

  it('computes nothing twice: the second run finds everything in memory and leaves the samples as they are', async () => {
    const called: string[] = []
    const before: Script['before'] = (stage) => void called.push(stage)
    await removeSamples()
    const first = await startTestRun(projectId)
    await drain(first, scripted({ before }))
    const count = called.length
    const second = await startTestRun(projectId)
    await drain(second, scripted({ before }))
    expect(called).toHaveLength(count)
    const tasks = await tasksOf(second)
    expect(tasks.filter((task) => task.stage !== 'lint').every((task) => task.isMemo)).toBe(true)
    const outcomes = await outcomesOf(second)
    expect(outcomes).toEqual(['unchanged', 'unchanged'])
  })

  it('does again only what a changed setting decides', async () => {
    const called: string[] = []
    const base = await startTestRun(projectId)
    await drain(base, scripted())
    const settings = { ...PRESETS.embedded, detection: { ...PRESETS.embedded.detection, boxThreshold: 0.5 } }
    const runId = await startTestRun(projectId, { settings })
    await drain(runId, scripted({ before: (stage) => void called.push(stage) }))
    // Both drafts are grounded anew; the boxes come out the same, so what stands on them is in memory already.
    expect(called).toEqual(['ground', 'ground'])
  })

  it('from a stage on asks anew, and only from there', async () => {
    const called = new Set<string>()
    const runId = await startTestRun(projectId, { freshFrom: 'verify' })
    await drain(runId, scripted({ before: (stage) => void called.add(stage) }))
    expect([...called].sort()).toEqual(STAGE_NAMES.slice(stagePosition('verify'), -1).sort())
  })

  it('ends at once when the filter keeps nothing', async () => {
    const runId = await fresh()
    await drain(runId, scripted({ kept: [] }))
    expect((await runOf(runId)).state).toBe('done')
    expect((await tasksOf(runId)).at(-1)?.stage).toBe('filter-qa')
  })
})

async function outcomesOf(runId: string): Promise<unknown[]> {
  const tasks = await db.task.findMany({ where: { runId, stage: 'lint' }, orderBy: { place: 'asc' } })
  const results = await Promise.all(tasks.map((task) => db.stageResult.findUniqueOrThrow({ where: { id: task.resultId ?? '' } })))
  return results.map((result) => Object(result.output).outcome)
}

describe('a draft that is there already', () => {
  it('gives its place to the new one while nobody has touched it, and left alone after that', async () => {
    await removeSamples()
    await drain(await fresh(), scripted())
    const before = await db.sample.findMany({ where: { projectId }, orderBy: { ordinal: 'asc' } })
    await db.sample.update({ where: { id: before[1]?.id ?? '' }, data: { version: 1, state: 'in_review' } })
    const settings = { ...PRESETS.embedded, options: { isOn: true, seed: 2 } }
    const parts = scripted()
    const changed: typeof parts = {
      async openTools(task, signal) {
        const tools = await parts.openTools(task, signal)
        const loadStage: typeof tools.loadStage = async (name) => {
          const stage = await tools.loadStage(name)
          return async (input, deps) => {
            const output = await stage(input, deps)
            return name === 'classify-task' ? { task: 'traffic_analysis', reason: null } : output
          }
        }
        return { ...tools, loadStage }
      },
    }
    const runId = await startTestRun(projectId, { settings, freshFrom: 'classify-task' })
    await drain(runId, changed)
    expect(await outcomesOf(runId)).toEqual(['replaced', 'kept'])
    const after = await db.sample.findMany({ where: { projectId }, orderBy: { ordinal: 'asc' } })
    expect(after.map(({ ordinal }) => ordinal)).toEqual(before.map(({ ordinal }) => ordinal))
    // A decision sent from a page with the old draft must not fall on the new one.
    expect(after.map(({ id }, place) => id === before[place]?.id)).toEqual([false, true])
    expect(after.map((sample) => sample.task)).toEqual(['traffic_analysis', 'causal_inference'])
    await removeSamples()
  })
})

describe('two runs that draft the same question at the same moment', () => {
  it('write one sample, and the later one finds it', async () => {
    await removeSamples()
    const runIds = [await fresh(), await fresh()]
    for (const runId of runIds) while ((await waitingTasks(runId))[0]?.stage !== 'lint') await drain(runId, scripted(), 1)
    const [one, other] = await Promise.all(runIds.map(async (runId) => (await waitingTasks(runId))[0]))
    await Promise.all([one, other].map((task) => runStage(task?.id ?? '', NEVER, scripted())))
    for (const runId of runIds) await drain(runId, scripted())
    const sampleIds = (await db.sample.findMany({ where: { projectId }, select: { id: true } })).map(({ id }) => id)
    const results = await db.stageResult.findMany({ where: { projectId, stage: 'lint' }, orderBy: { createdAt: 'desc' }, take: 4 })
    expect(sampleIds).toHaveLength(2)
    for (const { output } of results) expect(sampleIds).toContain(Object(output).sampleId)
    await removeSamples()
  })
})

describe('a stage that fails', () => {
  it('is tried again later, with the reason in its row, and its tries counted', async () => {
    const runId = await fresh()
    const busy = () => new AppError('model_unavailable', '429 from the server.', { retryAfterMs: 60_000 })
    await drain(runId, scripted(failing('caption', busy, 1)), 2)
    const [task] = await waitingTasks(runId)
    expect(task).toMatchObject({ stage: 'caption', tries: 1, errorCode: 'model_unavailable', errorMessage: '429 from the server.' })
    expect(task?.nextTryAt?.getTime()).toBeGreaterThan(Date.now() + 50_000)
    await drain(runId, scripted())
    expect((await runOf(runId)).state).toBe('done')
  })

  it('has failed for good after its tries; the other draft goes on, and the run ends', async () => {
    await removeSamples()
    const runId = await fresh()
    let victim: string | null = null
    const script: Script = {
      before: (stage, { pairKey }) => {
        victim ??= stage === 'ground' ? pairKey : null
        if (stage === 'ground' && pairKey === victim) throw new AppError('model_bad_answer', 'The answer was cut off.')
      },
    }
    await drain(runId, scripted(script))
    const failed = (await tasksOf(runId)).filter((task) => task.state === 'failed')
    expect(failed.map(({ stage, tries, attempt }) => ({ stage, tries, attempt }))).toEqual([{ stage: 'ground', tries: 3, attempt: 3 }])
    expect((await runOf(runId)).state).toBe('done')
    expect(await db.sample.count({ where: { projectId } })).toBe(1)
    expect(await db.$transaction((tx) => retryTasks(tx, { projectId, runId }, null))).toBe(1)
    expect((await runOf(runId)).state).toBe('running')
    await drain(runId, scripted())
    expect((await runOf(runId)).state).toBe('done')
    expect(await db.sample.count({ where: { projectId } })).toBe(2)
  })

  it.each([
    ['a refusal', () => new AppError('model_refused', 'No.'), 1],
    ['a defect of ours', () => new TypeError('secret'), 3],
  ])('after %s has had %#', async (_name, error, tries) => {
    const runId = await fresh()
    await drain(runId, scripted(failing('caption', error)))
    const [task] = (await tasksOf(runId)).filter((row) => row.state === 'failed')
    expect(task).toMatchObject({ stage: 'caption', tries })
    expect(task?.errorMessage).not.toContain('secret')
  })

  it('that gives what does not hold together is a bad answer, and nothing of it is stored', async () => {
    const runId = await fresh()
    const parts = scripted()
    const lying: typeof parts = {
      async openTools(task, signal) {
        const tools = await parts.openTools(task, signal)
        return { ...tools, loadStage: async () => async () => ({ captions: [{ frameIndex: -1 }] }) as never }
      },
    }
    await drain(runId, lying)
    const [task] = (await tasksOf(runId)).filter((row) => row.state === 'failed')
    expect(task).toMatchObject({ stage: 'sample-frames', errorCode: 'model_bad_answer', resultId: null })
  })
})

describe('the fence', () => {
  it('refuses what a worker writes that was given up for dead', async () => {
    const runId = await fresh()
    const [task] = await waitingTasks(runId)
    let wake = () => {}
    const sleeping = new Promise<void>((resolve) => {
      wake = resolve
    })
    const began = new Promise<void>((resolve) => {
      const before: Script['before'] = () => {
        resolve()
        return sleeping
      }
      void runStage(task?.id ?? '', NEVER, scripted({ before })).then(() => wake())
    })
    await began
    await runStage(task?.id ?? '', NEVER, scripted())
    const after = await tasksOf(runId)
    wake()
    await expect.poll(async () => db.task.count({ where: { runId } })).toBe(after.length)
    expect(await tasksOf(runId)).toEqual(after)
    expect(after[0]).toMatchObject({ state: 'done', attempt: 2 })
  })

  it('lets twenty workers take the same task and keeps the result of one', async () => {
    const runId = await fresh()
    const [task] = await waitingTasks(runId)
    await Promise.all(Array.from({ length: 20 }, () => runStage(task?.id ?? '', NEVER, scripted())))
    const tasks = await tasksOf(runId)
    expect(tasks.map((row) => row.stage)).toEqual(['sample-frames', 'caption'])
    expect(tasks[0]?.state).toBe('done')
  })
})

describe('steering', () => {
  it('a paused run begins nothing; resumed it goes on where it was', async () => {
    const runId = await fresh()
    await drain(runId, scripted(), 3)
    await db.$transaction((tx) => pauseRun(tx, { projectId, runId }))
    const [next] = await waitingTasks(runId)
    await runStage(next?.id ?? '', NEVER, scripted())
    expect((await waitingTasks(runId))[0]).toMatchObject({ id: next?.id, attempt: 0 })
    await expect(db.$transaction((tx) => pauseRun(tx, { projectId, runId }))).rejects.toMatchObject({ code: 'illegal_transition' })
    await db.$transaction((tx) => resumeRun(tx, { projectId, runId }))
    await drain(runId, scripted())
    expect((await runOf(runId)).state).toBe('done')
  })

  it('finds what a worker had in hand that died while the run was paused', async () => {
    const runId = await fresh()
    const [task] = await waitingTasks(runId)
    const stop = new AbortController()
    const script: Script = {
      before: async (_stage, _input, signal) => {
        await reserve({ id: task?.id ?? '', attempt: 1, projectId, run: { id: runId } }, 700)
        await db.$transaction((tx) => pauseRun(tx, { projectId, runId }))
        stop.abort()
        signal.throwIfAborted()
      },
    }
    await expect(runStage(task?.id ?? '', stop.signal, scripted(script))).rejects.toThrow()
    // The queue hands the job out again when the worker is gone.
    await runStage(task?.id ?? '', NEVER, scripted())
    expect(await tasksOf(runId)).toMatchObject([{ state: 'waiting', attempt: 2 }])
    expect(await runOf(runId)).toMatchObject({ spentMicroUsd: 700n, reservedMicroUsd: 0n })
    await db.$transaction((tx) => resumeRun(tx, { projectId, runId }))
    await drain(runId, scripted())
    expect((await runOf(runId)).state).toBe('done')
  })

  it('a cancelled run ends at once, and what a worker has in hand is not written', async () => {
    const runId = await fresh()
    const [task] = await waitingTasks(runId)
    const script: Script = { before: () => db.$transaction((tx) => cancelRun(tx, { projectId, runId }, null)) }
    await runStage(task?.id ?? '', NEVER, scripted(script))
    expect((await tasksOf(runId)).map((row) => row.state)).toEqual(['cancelled'])
    expect((await runOf(runId)).state).toBe('cancelled')
    await expect(db.$transaction((tx) => retryTasks(tx, { projectId, runId }, null))).rejects.toMatchObject({ code: 'illegal_transition' })
  })

  it('money set aside by a worker that died is booked, also when its run was cancelled since', async () => {
    const runId = await fresh()
    const [task] = await waitingTasks(runId)
    await reserve({ id: task?.id ?? '', attempt: 0, projectId, run: { id: runId } }, 700)
    await db.$transaction((tx) => cancelRun(tx, { projectId, runId }, null))
    await runStage(task?.id ?? '', NEVER, scripted())
    expect(await runOf(runId)).toMatchObject({ spentMicroUsd: 700n, reservedMicroUsd: 0n })
    expect((await tasksOf(runId)).map((row) => row.state)).toEqual(['cancelled'])
  })

  it('a cancelled video lets the others go on', async () => {
    const runId = await fresh()
    await db.$transaction((tx) => cancelRun(tx, { projectId, runId }, videoIds[0] ?? ''))
    expect((await runOf(runId)).state).toBe('done')
  })

  it('cancelling waits for a stage that ends at this moment, and ends what follows it too', async () => {
    const runId = await fresh()
    const [task] = await waitingTasks(runId)
    const isBlocked = async () => {
      const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')`
      return rows.length > 0
    }
    let cancelling: Promise<void> = Promise.resolve()
    await db.$transaction(async (tx) => {
      await tx.task.update({ where: { id: task?.id ?? '' }, data: { state: 'done' } })
      const { videoId = '' } = task ?? {}
      await tx.task.create({ data: { runId, projectId, videoId, stage: 'caption', position: 1 } })
      cancelling = db.$transaction((other) => cancelRun(other, { projectId, runId }, videoId))
      await expect.poll(isBlocked).toBe(true)
    })
    await cancelling
    expect((await tasksOf(runId)).map((row) => row.state)).toEqual(['done', 'cancelled'])
    expect((await runOf(runId)).state).toBe('done')
  })

  it('runs of another project cannot be steered from here', async () => {
    const runId = await fresh()
    const other = await db.project.create({ data: { slug: 'other-engine', name: 'Other' } })
    const key = { projectId: other.id, runId }
    for (const act of [pauseRun, resumeRun])
      await expect(db.$transaction((tx) => act(tx, key))).rejects.toMatchObject({ code: 'not_found' })
    await expect(db.$transaction((tx) => cancelRun(tx, key, null))).rejects.toMatchObject({ code: 'not_found' })
    await db.$transaction((tx) => cancelRun(tx, { projectId, runId }, null))
  })

  it('a task whose worker died again and again has failed, and says so', async () => {
    const runId = await fresh()
    const [task] = await waitingTasks(runId)
    await reserve({ id: task?.id ?? '', attempt: 0, projectId, run: { id: runId } }, 700)
    await buryTask(task?.id ?? '', new AppError('internal', 'The worker died on this.'))
    expect((await tasksOf(runId))[0]).toMatchObject({ state: 'failed', errorCode: 'internal', errorMessage: 'The worker died on this.' })
    expect(await runOf(runId)).toMatchObject({ spentMicroUsd: 700n, reservedMicroUsd: 0n })
    expect((await runOf(runId)).state).toBe('done')
  })
})
