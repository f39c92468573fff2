'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { defineAction } from '@/server/action'
import { auth } from '@/server/auth'

export const signOut = defineAction({
  name: 'session.end',
  permission: 'signed-in',
  input: z.object({}),
  run: async ({ viewer }) => ({ userId: viewer.userId }),
  record: ({ data }) => ({ subject: data.userId }),
  afterCommit: async () => {
    await auth.api.signOut({ headers: await headers() })
  },
})
