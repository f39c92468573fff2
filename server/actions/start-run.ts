'use server'

import { z } from 'zod'
import { projectIdSchema, videoIdSchema } from '@/core/ids'
import { PRESETS, presetNameSchema } from '@/core/pipeline/settings'
import { stageNameSchema } from '@/core/pipeline/stages'
import { defineAction } from '@/server/action'
import { RUN_ACT_TIMEOUT_MS } from '@/server/pipeline/control-run'
import { pipelineSettingsOf, requireSoundSettings } from '@/server/pipeline/project-settings'
import { createRun } from '@/server/pipeline/start-run'

/** Starts a run over videos with a preset, or with the project's own settings. Nothing is computed here: it is only queued. */
export const startRun = defineAction({
  name: 'run.start',
  permission: 'run.manage',
  timeoutMs: RUN_ACT_TIMEOUT_MS,
  input: z.object({
    projectId: projectIdSchema,
    preset: presetNameSchema.nullable().default(null),
    videoIds: z.array(videoIdSchema).min(1).max(100_000).nullable().default(null),
    capMicroUsd: z.int().min(0).max(1e15).nullable().default(null),
    freshFrom: stageNameSchema.nullable().default(null),
  }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, viewer, project, tx }) {
    const settings = input.preset === null ? pipelineSettingsOf(project) : PRESETS[input.preset]
    requireSoundSettings(settings)
    const { videoIds, capMicroUsd, freshFrom } = input
    return createRun(tx, { projectId: project.id, userId: viewer.userId, settings, videoIds, capMicroUsd, freshFrom })
  },
  record: ({ input, data }) => ({ subject: data.runId, facts: { number: data.number, preset: input.preset, cap: input.capMicroUsd } }),
})
