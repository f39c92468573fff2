'use server'

import { z } from 'zod'
import { runKeySchema } from '@/core/pipeline/run-key'
import { defineAction } from '@/server/action'
import { RUN_ACT_TIMEOUT_MS, resumeRun as resume } from '@/server/pipeline/control-run'

/** Goes on with a paused run, with another cap if one is given. */
export const resumeRun = defineAction({
  name: 'run.resume',
  permission: 'run.manage',
  timeoutMs: RUN_ACT_TIMEOUT_MS,
  input: runKeySchema.extend({ capMicroUsd: z.int().min(0).max(1e15).nullable().optional() }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, project, tx }) {
    await resume(tx, { projectId: project.id, runId: input.runId }, input.capMicroUsd)
  },
  record: ({ input }) => ({ subject: input.runId, facts: input.capMicroUsd === undefined ? {} : { cap: input.capMicroUsd } }),
})
