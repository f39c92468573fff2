'use server'

import { z } from 'zod'
import { AppError } from '@/core/errors'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'
import { requireOtherAdmin } from '@/server/last-admin'

/** Takes a person out of the project. What they did stays: edits and audit rows name them for ever. */
export const removeMember = defineAction({
  name: 'member.remove',
  permission: 'member.manage',
  input: z.object({ projectId: projectIdSchema, userId: z.string().min(1).max(64) }),
  project: (input) => ({ projectId: input.projectId }),
  async run({ input, project, tx }) {
    const key = { projectId: project.id, userId: input.userId }
    const member = await tx.membership.findUnique({ where: { projectId_userId: key } })
    if (member === null) throw new AppError('not_found', 'This person is not a member of the project.')
    if (member.role === 'admin') await requireOtherAdmin(tx, project.id, input.userId)
    await tx.membership.delete({ where: { projectId_userId: key } })
    return { role: member.role }
  },
  record: ({ input, data }) => ({ subject: input.userId, facts: { role: data.role } }),
})
