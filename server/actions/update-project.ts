'use server'

import { z } from 'zod'
import { projectIdSchema } from '@/core/ids'
import { projectNameSchema } from '@/core/project-name'
import { defineAction } from '@/server/action'

/** The name changes, the address stays: links people have saved go on working. */
export const updateProject = defineAction({
  name: 'project.update',
  permission: 'project.edit',
  input: z.object({ projectId: projectIdSchema, name: projectNameSchema }),
  project: (input) => ({ projectId: input.projectId }),
  async run({ input, project, tx }) {
    await tx.project.update({ where: { id: project.id }, data: { name: input.name } })
    return { was: project.name }
  },
  record: ({ input, data }) => ({ subject: input.projectId, facts: { from: data.was, to: input.name } }),
})
