/**
 * One stage of one video or draft, from taking the task to its end: the same for all stages. Everything that is written at
 * the end is written under the attempt that began it, so a worker that was given up for dead cannot write over another.
 */
import { AppError, toAppError } from '@/core/errors'
import { STAGE_VERSION, stageSettings } from '@/core/pipeline/invalidation'
import { STAGE_OUTPUTS, type StageOutput } from '@/core/pipeline/outputs'
import { decidingInputs } from '@/core/pipeline/stage-inputs'
import { refsOfStage } from '@/core/pipeline/stage-refs'
import { canonicalJson } from '@/server/canonical-json'
import { isDatabaseGone } from '@/server/database-errors'
import { log } from '@/server/log'
import { type ClaimedTask, claimTask, isStillMine, saltOf } from '@/server/pipeline/claim-task'
import { failTask } from '@/server/pipeline/fail-task'
import { findResult, finishFromMemory, finishTask, StaleAttempt } from '@/server/pipeline/finish-task'
import { type Before, loadBefore } from '@/server/pipeline/load-before'
import { sha256Of } from '@/server/sha256-of'
import { faultPoint } from './fault-point'
import { lintTask } from './lint-task'
import { fingerprintsOf } from './models/model-fingerprint'
import type { Run } from './run-job'
import { openStageTools, type StageTools } from './stage-tools'

const WATCH_MS = 2000

/** What a test puts in the place of models and stages. */
export type StageParts = { readonly openTools: typeof openStageTools }
const REAL: StageParts = { openTools: openStageTools }

/** Runs the task with this id to its end. Throws only what the queue shall repeat: a stop, or a database that is gone. */
export async function runStage(taskId: string, signal: AbortSignal, parts: StageParts = REAL, jobId: string | null = null): Promise<void> {
  const task = await claimTask(taskId, jobId)
  if (task === null) return
  faultPoint('claimed')
  const watch = watchTask(task, signal)
  try {
    await work(task, watch.signal, parts)
  } catch (thrown) {
    if (thrown instanceof StaleAttempt || watch.isLost()) return
    // Without a database there is nowhere to write a failure, and the stage is not at fault.
    if (signal.aborted || isDatabaseGone(thrown)) throw thrown
    await failTask(task, toAppError(thrown))
    if (!(thrown instanceof AppError)) log.error({ taskId, stage: task.stage, err: thrown }, 'a stage failed in a way nobody foresaw')
  } finally {
    watch.stop()
  }
}

/** Job `stage-<name>`: the id is a row of `Task`. */
export const run: Run = (id, signal, job) => runStage(id, signal, REAL, job.id)

async function work(task: ClaimedTask, signal: AbortSignal, parts: StageParts): Promise<void> {
  const before = await loadBefore(task)
  const inputHash = await inputHashOf(task, before)
  if (task.stage === 'lint') return lintTask(task, before, inputHash)
  const known = await findResult(task, inputHash)
  if (known !== null) return finishFromMemory(task, known)
  const tools = await parts.openTools(task, signal)
  const startedAt = performance.now()
  const output = await runOne(task, before, tools)
  const durationMs = Math.round(performance.now() - startedAt)
  faultPoint('worked')
  await finishTask(task, () => ({ inputHash, output, ...tools.account(), durationMs }))
  faultPoint('finished')
}

async function runOne(task: ClaimedTask, before: Before, tools: StageTools): Promise<StageOutput[keyof StageOutput]> {
  const { settings } = task.run
  const pairKey = task.pairKey === '' ? null : task.pairKey
  const stage = await tools.loadStage(task.stage)
  const output: unknown = await stage({ video: tools.video, settings, before: before.outputs, pairKey }, tools.deps)
  const parsed = STAGE_OUTPUTS[task.stage].safeParse(output)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('model_bad_answer', `What ${task.stage} gave does not hold together: ${issue?.path.join('.')} ${issue?.message}`)
}

/**
 * Hash of everything that decides the result: two tasks with the same hash need the work once. `lint` is not remembered: what
 * becomes of a draft depends on what people have done to its sample since.
 */
async function inputHashOf(task: ClaimedTask, before: Before): Promise<string> {
  const { stage, run, video } = task
  const pairKey = task.pairKey === '' ? null : task.pairKey
  const content = {
    stage,
    version: STAGE_VERSION[stage],
    video: video.sha256,
    pairKey,
    settings: stageSettings(stage, run.settings, video.id),
    models: await fingerprintsOf(refsOfStage(stage, run.settings)),
    inputs: decidingInputs(stage, before.outputs, pairKey),
    fresh: stage === 'lint' ? task.id : saltOf(task),
  }
  return sha256Of(canonicalJson(content))
}

/** Aborts the work when the task is no longer ours: cancelled, or taken over. */
function watchTask(task: ClaimedTask, signal: AbortSignal) {
  const lost = new AbortController()
  const look = () =>
    isStillMine(task)
      .then((isMine) => isMine || lost.abort(new StaleAttempt()))
      // A database that does not answer now will be asked again; the end of the task needs it anyway.
      .catch(() => undefined)
  const timer = setInterval(look, WATCH_MS)
  return { signal: AbortSignal.any([signal, lost.signal]), isLost: () => lost.signal.aborted, stop: () => clearInterval(timer) }
}
