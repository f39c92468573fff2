import { type PipelineSettings, pipelineSettingsSchema } from '@/core/pipeline/settings'
import { db } from '../db'

/** The settings a run began with; null where they are of an older shape. The caller has found the run in its project. */
export async function getRunSettings(runId: string): Promise<PipelineSettings | null> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { settings: true } })
  return pipelineSettingsSchema.safeParse(run?.settings).data ?? null
}
