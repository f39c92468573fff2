/** The last stage: the draft is put together, flagged and written as a sample, in the transaction that ends the task. */
import { CODE_PROVENANCE } from '@/core/pipeline/stage-provenance'
import type { ClaimedTask } from '@/server/pipeline/claim-task'
import { finishTask } from '@/server/pipeline/finish-task'
import type { Before } from '@/server/pipeline/load-before'
import { writeDraft } from '@/server/pipeline/write-draft'
import { faultPoint } from './fault-point'
import { openStageVideo } from './stage-tools'
import { assembleDraft } from './stages/lint'

/** @throws StaleAttempt, and AppError internal when the outputs before do not fit together */
export async function lintTask(task: ClaimedTask, before: Before, inputHash: string): Promise<void> {
  const startedAt = performance.now()
  const video = await openStageVideo(task)
  const input = { video, settings: task.run.settings, before: before.outputs, pairKey: task.pairKey }
  const draft = assembleDraft(input, before.provenance, task.run.startedAt.toISOString())
  await finishTask(task, async (tx) => {
    const output = await writeDraft(tx, task, draft)
    faultPoint('drafted')
    const durationMs = Math.round(performance.now() - startedAt)
    return { inputHash, output, provenance: CODE_PROVENANCE, costMicroUsd: 0, paidMicroUsd: 0, durationMs }
  })
  faultPoint('finished')
}
