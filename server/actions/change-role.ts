'use server'

import { z } from 'zod'
import { roleSchema } from '@/core/access'
import { AppError } from '@/core/errors'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'
import { requireOtherAdmin } from '@/server/last-admin'

export const changeRole = defineAction({
  name: 'member.change-role',
  permission: 'member.manage',
  input: z.object({ projectId: projectIdSchema, userId: z.string().min(1).max(64), role: roleSchema }),
  project: (input) => ({ projectId: input.projectId }),
  async run({ input, project, tx }) {
    const key = { projectId: project.id, userId: input.userId }
    const member = await tx.membership.findUnique({ where: { projectId_userId: key } })
    if (member === null) throw new AppError('not_found', 'This person is not a member of the project.')
    if (member.role === 'admin' && input.role !== 'admin') await requireOtherAdmin(tx, project.id, input.userId)
    await tx.membership.update({ where: { projectId_userId: key }, data: { role: input.role } })
    return { from: member.role }
  },
  record: ({ input, data }) => ({ subject: input.userId, facts: { from: data.from, to: input.role } }),
})
