'use server'

import { z } from 'zod'
import { runKeySchema } from '@/core/pipeline/run-key'
import { defineAction } from '@/server/action'
import { RUN_ACT_TIMEOUT_MS, retryTasks as retry } from '@/server/pipeline/control-run'

/** Failed tasks of a run begin again; without a list, all of them. */
export const retryTasks = defineAction({
  name: 'run.retry',
  permission: 'run.manage',
  timeoutMs: RUN_ACT_TIMEOUT_MS,
  input: runKeySchema.extend({ taskIds: z.array(z.uuid()).min(1).max(10_000).nullable().default(null) }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, project, tx }) {
    return { retried: await retry(tx, { projectId: project.id, runId: input.runId }, input.taskIds) }
  },
  record: ({ input, data }) => ({ subject: input.runId, facts: { tasks: data.retried } }),
})
