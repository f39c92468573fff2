'use server'

import { defineAction } from '@/server/action'
import { reopenSample as reopenSampleOnce, reopenSampleSchema } from '@/server/review/decide-sample'

/** Takes a decision back: undo of Approve, Reject and Send back. */
export const reopenSample = defineAction({
  name: 'sample.reopen',
  input: reopenSampleSchema,
  permission: 'sample.reopen',
  project: ({ projectId }) => ({ projectId }),
  run: ({ input, viewer, tx }) => reopenSampleOnce(tx, input, viewer.userId),
  record: ({ input, data }) =>
    data.isRepeat ? null : { subject: input.sampleId, facts: { from: data.from, to: data.state, version: data.version } },
})
