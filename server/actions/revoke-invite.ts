'use server'

import { z } from 'zod'
import { AppError } from '@/core/errors'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'

/** An open invitation stops working at once. */
export const revokeInvite = defineAction({
  name: 'member.revoke-invite',
  permission: 'member.manage',
  input: z.object({ projectId: projectIdSchema, inviteId: z.uuid() }),
  project: (input) => ({ projectId: input.projectId }),
  async run({ input, project, tx }) {
    const { count } = await tx.invite.deleteMany({ where: { id: input.inviteId, projectId: project.id, usedAt: null } })
    if (count === 0) throw new AppError('not_found', 'This invitation was used or withdrawn already.')
    return { inviteId: input.inviteId }
  },
  record: ({ data }) => ({ subject: data.inviteId }),
})
