'use server'

import { z } from 'zod'
import { personNameSchema } from '@/core/person'
import { defineAction } from '@/server/action'

export const updateProfile = defineAction({
  name: 'profile.update',
  permission: 'signed-in',
  input: z.object({ name: personNameSchema }),
  async run({ input, viewer, tx }) {
    await tx.user.update({ where: { id: viewer.userId }, data: { name: input.name } })
    return { userId: viewer.userId }
  },
  record: ({ data }) => ({ subject: data.userId }),
})
