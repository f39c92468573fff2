'use server'

import { z } from 'zod'
import { AppError } from '@/core/errors'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'

/** Stops an import between two batches. What is written stays; importing again goes on with the rest. */
export const cancelImport = defineAction({
  name: 'import.cancel',
  permission: 'import.run',
  input: z.object({ projectId: projectIdSchema, importId: z.uuid() }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, project, tx }) {
    const where = { id: input.importId, projectId: project.id }
    const { count } = await tx.import.updateMany({
      where: { ...where, state: { in: ['waiting', 'running'] } },
      data: { state: 'cancelled', finishedAt: new Date() },
    })
    if (count === 0 && (await tx.import.count({ where })) === 0) {
      throw new AppError('not_found', 'There is no such import in this project.', { importId: input.importId })
    }
    // An import that ended meanwhile is not an error: there is nothing left to cancel.
    return { isCancelled: count > 0 }
  },
  record: ({ input, data }) => (data.isCancelled ? { subject: input.importId } : null),
})
