/** The pipeline's settings of a project. They stand in its settings, next to what other parts keep there. */
import { AppError } from '@/core/errors'
import { isJsonObject } from '@/core/formats/json'
import { checkSettings } from '@/core/pipeline/check-settings'
import { type PipelineSettings, PRESETS, pipelineSettingsSchema } from '@/core/pipeline/settings'
import type { Tx } from '../db'
import { toJsonInput } from '../import/track-import'

/** What a run of this project would use; the embedded preset while nobody has chosen. Settings of an older shape count as none. */
export function pipelineSettingsOf(project: { readonly settings: unknown }): PipelineSettings {
  const kept = isJsonObject(project.settings) ? project.settings.pipeline : undefined
  return pipelineSettingsSchema.safeParse(kept).data ?? PRESETS.embedded
}

/** Keeps new settings. Runs in flight go on with those they began with. */
export async function storePipelineSettings(tx: Tx, projectId: string, settings: PipelineSettings): Promise<void> {
  const { settings: old } = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: { settings: true } })
  const merged = { ...(isJsonObject(old) ? old : {}), pipeline: settings }
  await tx.project.update({ where: { id: projectId }, data: { settings: toJsonInput(merged) } })
}

/** @throws AppError invalid_input naming the first setting that cannot work, with all of them in `details.issues` */
export function requireSoundSettings(settings: PipelineSettings): void {
  const issues = checkSettings(settings)
  const [first] = issues
  if (first !== undefined) throw new AppError('invalid_input', `${first.path}: ${first.message}`, { issues })
}
