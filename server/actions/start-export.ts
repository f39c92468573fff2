'use server'

import { z } from 'zod'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'
import { exportOptionsSchema } from '@/server/export/export-options'
import { enqueue } from '@/server/jobs'

/** Queues an export of the approved samples (or of all); its zip is downloaded from the exports page. */
export const startExport = defineAction({
  name: 'export.start',
  permission: 'export.run',
  input: z.object({
    projectId: projectIdSchema,
    format: z.enum(['videoespresso', 'crema']),
    options: exportOptionsSchema.default({ state: 'approved', boxes: null }),
  }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, viewer, project, tx }) {
    const { format, options } = input
    const data = { projectId: project.id, userId: viewer.userId, format, options }
    const { id } = await tx.export.create({ data, select: { id: true } })
    await enqueue(tx, 'run-export', id)
    return { exportId: id }
  },
  record: ({ input, data }) => ({ subject: data.exportId, facts: { format: input.format, state: input.options.state } }),
})
