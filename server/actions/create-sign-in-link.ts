'use server'

import { z } from 'zod'
import { AppError } from '@/core/errors'
import { defineAction } from '@/server/action'
import { env } from '@/server/env'
import { createLink, SIGN_IN_LINK_HOURS } from '@/server/links'

/**
 * A sign-in link for one person who lost their session. For administrators of the installation only: an administrator of
 * one project could otherwise sign in as somebody with more rights elsewhere.
 */
export const createSignInLink = defineAction({
  name: 'session.link',
  permission: 'installation.admin',
  input: z.object({ userId: z.string().min(1).max(64) }),
  async run({ input, viewer, tx }) {
    const person = await tx.user.findUnique({ where: { id: input.userId }, select: { id: true } })
    if (person === null) throw new AppError('not_found', 'There is no such person.')
    const link = await createLink(tx, {
      projectId: null,
      role: 'viewer',
      createdBy: viewer.userId,
      forUser: person.id,
      hours: SIGN_IN_LINK_HOURS,
    })
    return { url: `${env.baseUrl}/sign-in?token=${link.token}`, expiresAt: link.expiresAt.toISOString() }
  },
  record: ({ input }) => ({ subject: input.userId }),
})
