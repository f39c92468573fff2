'use server'

import { z } from 'zod'
import { roleSchema } from '@/core/access'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'
import { env } from '@/server/env'
import { createLink, INVITE_DAYS } from '@/server/links'

/** An invitation link: works once, for whoever opens it first. The address is in this answer and nowhere else. */
export const createInvite = defineAction({
  name: 'member.invite',
  permission: 'member.manage',
  input: z.object({ projectId: projectIdSchema, role: roleSchema }),
  project: (input) => ({ projectId: input.projectId }),
  async run({ input, viewer, project, tx }) {
    const link = await createLink(tx, { projectId: project.id, role: input.role, createdBy: viewer.userId, hours: INVITE_DAYS * 24 })
    return { id: link.id, url: `${env.baseUrl}/invite/${link.token}`, expiresAt: link.expiresAt.toISOString() }
  },
  record: ({ input, data }) => ({ subject: data.id, facts: { role: input.role } }),
})
