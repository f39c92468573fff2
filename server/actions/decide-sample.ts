'use server'

import { defineAction } from '@/server/action'
import { decideSample as decideSampleOnce, decideSampleSchema } from '@/server/review/decide-sample'

/** Approves, rejects, sends back or skips a sample. A repetition changes nothing and leaves no second audit row. */
export const decideSample = defineAction({
  name: 'sample.decide',
  input: decideSampleSchema,
  permission: 'sample.decide',
  project: ({ projectId }) => ({ projectId }),
  run: ({ input, viewer, tx }) => decideSampleOnce(tx, input, viewer.userId),
  record: ({ input, data }) =>
    data.isRepeat
      ? null
      : {
          subject: input.sampleId,
          facts: {
            decision: data.decision,
            from: data.from,
            to: data.state,
            version: data.version,
            reasons: input.reasons,
            note: input.note,
          },
        },
})
