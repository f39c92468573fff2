'use server'

import { videoIdSchema } from '@/core/ids'
import { runKeySchema } from '@/core/pipeline/run-key'
import { defineAction } from '@/server/action'
import { cancelRun as cancel, RUN_ACT_TIMEOUT_MS } from '@/server/pipeline/control-run'

/** Ends a run, or its work on one video. What has been drafted stays. */
export const cancelRun = defineAction({
  name: 'run.cancel',
  permission: 'run.manage',
  timeoutMs: RUN_ACT_TIMEOUT_MS,
  input: runKeySchema.extend({ videoId: videoIdSchema.optional() }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, project, tx }) {
    await cancel(tx, { projectId: project.id, runId: input.runId }, input.videoId ?? null)
  },
  record: ({ input }) => ({ subject: input.runId, facts: input.videoId === undefined ? {} : { videoId: input.videoId } }),
})
