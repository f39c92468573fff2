'use server'

import { z } from 'zod'
import { boxConventionNameSchema } from '@/core/formats/videoespresso/box-convention'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'
import { enqueue } from '@/server/jobs'

/** Queues an export of the approved samples (or of all); its zip is downloaded from the exports page. */
export const startExport = defineAction({
  name: 'export.start',
  permission: 'export.run',
  input: z.object({
    projectId: projectIdSchema,
    format: z.enum(['videoespresso', 'crema']),
    state: z.enum(['approved', 'all']).default('approved'),
    boxes: boxConventionNameSchema.nullable().default(null),
  }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, viewer, project, tx }) {
    const { format, state, boxes } = input
    const data = { projectId: project.id, userId: viewer.userId, format, options: { state, boxes } }
    const { id } = await tx.export.create({ data, select: { id: true } })
    await enqueue(tx, 'run-export', id)
    return { exportId: id }
  },
  record: ({ input, data }) => ({ subject: data.exportId, facts: { format: input.format, state: input.state } }),
})
