'use server'

import { z } from 'zod'
import { projectIdSchema } from '@/core/ids'
import { pipelineSettingsSchema } from '@/core/pipeline/settings'
import { defineAction } from '@/server/action'
import { requireSoundSettings, storePipelineSettings } from '@/server/pipeline/project-settings'

/** Keeps the settings for runs to come, and the cap of the whole project where one is given. */
export const savePipelineSettings = defineAction({
  name: 'pipeline.settings',
  permission: 'pipeline.edit',
  input: z.object({
    projectId: projectIdSchema,
    settings: pipelineSettingsSchema,
    /** Of the whole project; undefined = as it was, null = none. */
    capMicroUsd: z.int().min(0).max(1e15).nullable().optional(),
  }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, project, tx }) {
    requireSoundSettings(input.settings)
    await storePipelineSettings(tx, project.id, input.settings)
    const { capMicroUsd } = input
    if (capMicroUsd === undefined) return
    await tx.budget.upsert({ where: { projectId: project.id }, create: { projectId: project.id, capMicroUsd }, update: { capMicroUsd } })
  },
  record: ({ input }) => ({ subject: input.projectId, facts: { preset: input.settings.preset } }),
})
