'use server'

import { defineAction } from '@/server/action'
import { savedFacts, saveEdits as saveEditsOnce, saveEditsSchema } from '@/server/review/save-edits'

/** Saves one change of a sample. A conflict and a repetition write nothing, so they leave no audit row either. */
export const saveEdits = defineAction({
  name: 'sample.edit',
  input: saveEditsSchema,
  permission: 'sample.edit',
  project: ({ projectId }) => ({ projectId }),
  run: ({ input, viewer, tx }) => saveEditsOnce(tx, input, viewer.userId),
  record: ({ input, data }) =>
    data.status === 'conflict' || data.isRepeat ? null : { subject: input.sampleId, facts: savedFacts(input, data) },
})
