import { z } from 'zod'
import { AppError } from '@/core/errors'
import { STAGE_OUTPUTS, type StageOutput } from '@/core/pipeline/outputs'
import { type SampleOrigin, sampleOriginSchema } from '@/core/pipeline/sample-origin'
import { type StageName, stageNameSchema } from '@/core/pipeline/stages'
import { db } from '../db'

type Row = {
  stage: string
  isMemo: boolean
  output: unknown
  provenance: unknown
  costMicroUsd: bigint
  durationMs: number
  createdAt: Date
}

/**
 * Which stages made a sample, with what, and what they left out: boxes that the verifier refused, phrases the detector does
 * not know, other questions of the same video that the judges refused. null for a sample that no run drafted.
 *
 * @throws AppError not_found when the sample is not in this project
 */
export async function getSampleOrigin(projectId: string, sampleId: string): Promise<SampleOrigin | null> {
  const id = z.uuid().safeParse(sampleId).data
  const sample =
    id === undefined ? null : await db.sample.findFirst({ where: { id, projectId }, select: { id: true, runId: true, videoId: true } })
  if (sample === null) throw new AppError('not_found', 'There is no such sample in this project. It may have been removed.', { sampleId })
  const { runId, videoId } = sample
  if (runId === null || videoId === null) return null
  const run = await db.run.findFirst({ where: { id: runId, projectId }, select: { id: true, number: true } })
  if (run === null) return null
  const rows = await stagesOf(runId, videoId, sample.id)
  const outputs = outputsOf(rows)
  return sampleOriginSchema.parse({
    runId: run.id,
    runNumber: run.number,
    stages: rows.map((row) => ({
      stage: row.stage,
      provenance: row.provenance,
      costMicroUsd: Number(row.costMicroUsd),
      durationMs: row.durationMs,
      isMemo: row.isMemo,
      at: row.createdAt.toISOString(),
    })),
    refusedBoxes: refusedBoxes(outputs),
    undetectable: (outputs.ground?.undetectable ?? []).map(({ object, reason }) => ({ phrase: phraseOf(outputs, object), reason })),
    rejectedPairs: rejectedPairs(outputs),
  })
}

/** The result of `lint` names the sample it wrote; its pair then names the results of the other stages. */
function stagesOf(runId: string, videoId: string, sampleId: string): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    WITH own AS (
      SELECT t."pairKey" FROM "Task" t JOIN "StageResult" r ON r."id" = t."resultId"
      WHERE t."runId" = ${runId}::uuid AND t."videoId" = ${videoId}::uuid AND t."stage" = 'lint' AND r."output"->>'sampleId' = ${sampleId}
      LIMIT 1
    )
    SELECT t."stage", t."isMemo", r."output", r."provenance", r."costMicroUsd", r."durationMs", r."createdAt"
    FROM "Task" t JOIN "StageResult" r ON r."id" = t."resultId"
    WHERE t."runId" = ${runId}::uuid AND t."videoId" = ${videoId}::uuid AND t."state" = 'done'
      AND (t."pairKey" = '' OR t."pairKey" = (SELECT "pairKey" FROM own))
    ORDER BY t."position"`
}

/** Results of an older shape are left out: what they hold is not shown, the rest is. */
function outputsOf(rows: readonly Row[]): Partial<StageOutput> {
  const entries = rows.flatMap((row): [StageName, unknown][] => {
    const stage = stageNameSchema.safeParse(row.stage).data
    const parsed = stage === undefined ? undefined : STAGE_OUTPUTS[stage].safeParse(row.output)
    return stage !== undefined && parsed?.success === true ? [[stage, parsed.data]] : []
  })
  return Object.fromEntries(entries)
}

const phraseOf = (outputs: Partial<StageOutput>, object: number) =>
  outputs['name-objects']?.objects[object]?.phrase ?? `object ${object + 1}`

function refusedBoxes(outputs: Partial<StageOutput>): SampleOrigin['refusedBoxes'] {
  const checks = outputs.verify?.checks ?? []
  return (outputs.ground?.boxes ?? []).flatMap((box, place) => {
    const check = checks[place]
    if (check === undefined || check.isAccepted) return []
    const frameIndex = outputs.retrieve?.frames[box.frame]?.frameIndex ?? null
    const { rect, score, label } = box
    return [{ phrase: phraseOf(outputs, box.object), label, frameIndex, rect, score, agreement: check.agreement, note: check.note }]
  })
}

function rejectedPairs(outputs: Partial<StageOutput>): SampleOrigin['rejectedPairs'] {
  const pairs = outputs['write-qa']?.pairs ?? []
  return (outputs['filter-qa']?.judged ?? []).flatMap(({ key, isKept, judgements }) => {
    const pair = pairs.find((entry) => entry.key === key)
    return isKept || pair === undefined ? [] : [{ question: pair.question, answer: pair.answer, judgements }]
  })
}
