/** The outputs of the stages before a task, in its run. */

import { AppError } from '@/core/errors'
import { STAGE_OUTPUTS, type StageOutput } from '@/core/pipeline/outputs'
import { inputsOf } from '@/core/pipeline/stage-inputs'
import { type StageProvenance, stageProvenanceSchema } from '@/core/pipeline/stage-provenance'
import { type StageName, stageNameSchema } from '@/core/pipeline/stages'
import { db } from '../db'
import type { ClaimedTask } from './claim-task'

export type Before = {
  readonly outputs: Partial<StageOutput>
  readonly provenance: ReadonlyMap<StageName, StageProvenance & { costMicroUsd: number }>
}

type Loaded = { readonly output: unknown; readonly provenance: StageProvenance & { costMicroUsd: number } }

/** Results never change, and the drafts of one video all read the same ones: kept in memory, the oldest dropped first. */
const MAX_KEPT = 64
const kept = new Map<string, Loaded>()

async function loadResult(stage: StageName, id: string): Promise<Loaded> {
  const known = kept.get(id)
  kept.delete(id)
  const loaded = known ?? (await readResult(stage, id))
  kept.set(id, loaded)
  const oldest = kept.keys().next().value
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
  return loaded
}

async function readResult(stage: StageName, id: string): Promise<Loaded> {
  const row = await db.stageResult.findUniqueOrThrow({ where: { id }, select: { output: true, provenance: true, costMicroUsd: true } })
  const parsed = STAGE_OUTPUTS[stage].safeParse(row.output)
  if (!parsed.success) throw new AppError('internal', `A stored result of ${stage} is not of the known shape.`, { stage, resultId: id })
  return {
    output: parsed.data,
    provenance: { ...stageProvenanceSchema.parse(row.provenance), costMicroUsd: Number(row.costMicroUsd) },
  }
}

/** @throws AppError internal when a stage before has no result, which the order of tasks rules out */
export async function loadBefore(task: ClaimedTask): Promise<Before> {
  const wanted = inputsOf(task.stage)
  const rows = await db.task.findMany({
    where: { runId: task.run.id, videoId: task.video.id, pairKey: { in: ['', task.pairKey] }, stage: { in: [...wanted] }, state: 'done' },
    select: { stage: true, resultId: true },
  })
  const outputs: Record<string, unknown> = {}
  const provenance = new Map<StageName, StageProvenance & { costMicroUsd: number }>()
  for (const { stage, resultId } of rows) {
    const name = stageNameSchema.parse(stage)
    if (resultId === null) continue
    const loaded = await loadResult(name, resultId)
    outputs[name] = loaded.output
    provenance.set(name, loaded.provenance)
  }
  const missing = wanted.find((name) => outputs[name] === undefined)
  if (missing !== undefined) throw new AppError('internal', `The result of ${missing} is missing.`, { stage: task.stage, missing })
  return { outputs: outputs as Partial<StageOutput>, provenance }
}
