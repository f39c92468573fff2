'use server'

import { z } from 'zod'
import { AppError } from '@/core/errors'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'

/** Stops a report after the video in hand. It has no figures; a new one begins anew. */
export const cancelSelectorReport = defineAction({
  name: 'selector-report.cancel',
  permission: 'run.manage',
  input: z.object({ projectId: projectIdSchema, reportId: z.uuid() }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, project, tx }) {
    const where = { id: input.reportId, projectId: project.id }
    const { count } = await tx.selectorReport.updateMany({
      where: { ...where, state: { in: ['waiting', 'running'] } },
      data: { state: 'cancelled', finishedAt: new Date() },
    })
    if (count === 0 && (await tx.selectorReport.count({ where })) === 0) {
      throw new AppError('not_found', 'There is no such report in this project.', { reportId: input.reportId })
    }
    // A report that ended meanwhile is not an error: there is nothing left to cancel.
    return { isCancelled: count > 0 }
  },
  record: ({ input, data }) => (data.isCancelled ? { subject: input.reportId } : null),
})
