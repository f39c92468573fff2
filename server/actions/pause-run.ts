'use server'

import { runKeySchema } from '@/core/pipeline/run-key'
import { defineAction } from '@/server/action'
import { pauseRun as pause } from '@/server/pipeline/control-run'

/** Tasks in hand are finished, nothing new is begun. */
export const pauseRun = defineAction({
  name: 'run.pause',
  permission: 'run.manage',
  input: runKeySchema,
  project: ({ projectId }) => ({ projectId }),
  async run({ input, project, tx }) {
    await pause(tx, { projectId: project.id, runId: input.runId })
  },
  record: ({ input }) => ({ subject: input.runId }),
})
