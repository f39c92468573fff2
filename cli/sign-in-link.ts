import { createHash, randomBytes } from 'node:crypto'
import { db } from '@/server/db'
import { env } from '@/server/env'
import { defineCommand } from './arguments'

const LIFETIME_MS = 24 * 3_600_000

export const command = defineCommand({
  summary: 'print a link that signs in as the administrator (the first one creates it)',
  options: {},
  needsDatabase: true,
  // An invitation to no project: without an administrator it makes one, otherwise it signs in as the first of them.
  // Only the token's hash is stored; whoever reads the database cannot sign in with it.
  async run(_args, io) {
    const token = randomBytes(32).toString('base64url')
    const expiresAt = new Date(Date.now() + LIFETIME_MS)
    const tokenHash = createHash('sha256').update(token).digest('hex')
    await db.invite.create({ data: { projectId: null, role: 'admin', tokenHash, createdBy: null, expiresAt } })
    const url = `${env.baseUrl}/sign-in?token=${token}`
    io.result({ url, expiresAt: expiresAt.toISOString() }, url)
  },
})
