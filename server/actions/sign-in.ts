'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { linkTokenSchema, optionalEmailSchema, personNameSchema } from '@/core/person'
import { defineAction } from '@/server/action'
import { auth } from '@/server/auth'
import { consumeLink } from '@/server/links'
import { firstAdministrator } from '@/server/people'

/** Opens a sign-in link: only this POST uses it up, so that a mail scanner or a preview that follows the link does not. */
export const signIn = defineAction({
  name: 'session.start',
  permission: 'anyone',
  input: z.object({ token: linkTokenSchema, name: personNameSchema.default('Administrator'), email: optionalEmailSchema.default(null) }),
  async run({ input, tx }) {
    const link = await consumeLink(tx, 'sign-in', input.token)
    const person = link.usedBy === null ? await firstAdministrator(tx, input) : { userId: link.usedBy, isNew: false }
    await tx.invite.update({ where: { id: link.id }, data: { usedBy: person.userId } })
    return person
  },
  record: ({ data }) => ({ subject: data.userId, facts: { isNew: data.isNew } }),
  afterCommit: async ({ data }) => {
    await auth.api.startLinkSession({ body: { userId: data.userId }, headers: await headers() })
  },
})
