'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { emailSchema, linkTokenSchema, personNameSchema } from '@/core/person'
import { defineAction } from '@/server/action'
import { auth } from '@/server/auth'
import { consumeLink } from '@/server/links'
import { createPerson } from '@/server/people'

/** Joins a project. Whoever is signed in joins as that person; everybody else becomes a new one. */
export const acceptInvite = defineAction({
  name: 'member.join',
  permission: 'anyone',
  input: z.object({ token: linkTokenSchema, person: z.object({ name: personNameSchema, email: emailSchema }).nullable() }),
  async run({ input, viewer, tx }) {
    const link = await consumeLink(tx, 'invite', input.token)
    if (link.project === null) throw new AppError('expired', 'The project of this invitation is gone. Ask for a new one.')
    if (viewer === null && input.person === null)
      throw new AppError('invalid_input', 'Write your name and e-mail address.', { field: 'name' })
    const userId = viewer?.userId ?? (input.person === null ? '' : await createPerson(tx, { ...input.person, isAdmin: false }))
    // An invitation never lowers the role of somebody who is a member already.
    await tx.membership.createMany({ data: [{ projectId: link.project.id, userId, role: link.role }], skipDuplicates: true })
    await tx.invite.update({ where: { id: link.id }, data: { usedBy: userId } })
    return { userId, isNew: viewer === null, slug: link.project.slug, projectId: link.project.id, role: link.role }
  },
  record: ({ data }) => ({ subject: data.userId, facts: { projectId: data.projectId, role: data.role, isNew: data.isNew } }),
  afterCommit: async ({ data }) => {
    if (data.isNew) await auth.api.startLinkSession({ body: { userId: data.userId }, headers: await headers() })
  },
})
