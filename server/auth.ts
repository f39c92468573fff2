/**
 * Sessions by better-auth. There are no passwords: the only way in is a link (`server/sign-in.ts`), so no HTTP endpoint of
 * better-auth is mounted; everything goes through `auth.api` on the server.
 */
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { betterAuth } from 'better-auth/minimal'
import { nextCookies } from 'better-auth/next-js'
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { db } from './db'
import { env } from './env'
import { readAuthSecret } from './secret'

const DAY_SEC = 86_400

/** One server-only endpoint: a session and its cookie for a user who has proven a link. It has no path, so no URL reaches it. */
const linkSession = {
  id: 'crema-link-session',
  endpoints: {
    startLinkSession: createAuthEndpoint.serverOnly(
      { method: 'POST', requireHeaders: true, body: z.object({ userId: z.string().min(1) }) },
      async (ctx) => {
        const user = await ctx.context.internalAdapter.findUserById(ctx.body.userId)
        if (user === null) throw new AppError('not_found', 'The person behind this link no longer exists. Ask for a new link.')
        const session = await ctx.context.internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ userId: user.id })
      },
    ),
  },
} as const

export const auth = betterAuth({
  appName: 'Crema',
  baseURL: env.baseUrl,
  secret: readAuthSecret(env.dataDir, process.env.BETTER_AUTH_SECRET),
  database: prismaAdapter(db, { provider: 'postgresql' }),
  telemetry: { enabled: false },
  user: { additionalFields: { isAdmin: { type: 'boolean', required: false, input: false } } },
  session: { expiresIn: 30 * DAY_SEC, updateAge: DAY_SEC },
  advanced: {
    cookiePrefix: 'crema',
    useSecureCookies: env.baseUrl.startsWith('https:'),
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
  },
  // `nextCookies` stays last: it hands the cookies set above to the answer of the server action.
  plugins: [linkSession, nextCookies()],
})
