'use server'

import { z } from 'zod'
import { projectIdSchema } from '@/core/ids'
import { reportOptionsSchema, STANDARD_REPORT } from '@/core/selection/report-status'
import { defineAction } from '@/server/action'
import { createReport } from '@/server/selection/start-report'

/** Queues a report on all methods of choosing frames over the settled samples of a project. */
export const startSelectorReport = defineAction({
  name: 'selector-report.start',
  permission: 'run.manage',
  input: z.object({ projectId: projectIdSchema, options: reportOptionsSchema.default(STANDARD_REPORT) }),
  project: ({ projectId }) => ({ projectId }),
  run: async ({ input, viewer, project, tx }) => createReport(tx, { projectId: project.id, userId: viewer.userId, options: input.options }),
  record: ({ input, data }) => ({ subject: data.reportId, facts: { ...input.options } }),
})
