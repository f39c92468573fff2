'use server'

import { z } from 'zod'
import { projectIdSchema } from '@/core/ids'
import { providerRefSchema } from '@/core/pipeline/settings'
import { modelRoleSchema } from '@/core/pipeline/stages'
import { defineAction } from '@/server/action'
import { startErrand } from '@/server/pipeline/errands'

/** Queues one tiny real call to a provider. The answer, its time and its price are read from the errand. */
export const testProvider = defineAction({
  name: 'pipeline.test-provider',
  permission: 'pipeline.edit',
  input: z.object({ projectId: projectIdSchema, role: modelRoleSchema, ref: providerRefSchema }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, viewer, project, tx }) {
    const { role, ref } = input
    return startErrand(tx, { projectId: project.id, userId: viewer.userId }, { kind: 'test-provider', role, ref })
  },
  record: ({ input, data }) => ({
    subject: data.errandId,
    facts: { role: input.role, provider: input.ref.provider, model: input.ref.model },
  }),
})
