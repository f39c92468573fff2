/**
 * Links that let people in. The database holds the sha256 of a token only: whoever reads a backup cannot sign in with it.
 * `Invite.projectId` null = sign-in (of `usedBy` where set, of the first administrator otherwise); with a project = invitation.
 */
import { createHash, randomBytes } from 'node:crypto'
import { AppError } from '@/core/errors'
import type { Tx } from './db'
import type { Invite, Project, Role } from './generated/prisma/client'

export const SIGN_IN_LINK_HOURS = 24
export const INVITE_DAYS = 14
const HOUR_MS = 3_600_000

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

type NewLink = { projectId: string | null; role: Role; createdBy: string | null; forUser?: string | null; hours: number }

/** Makes a link and returns its token, which is shown once and stored nowhere. */
export async function createLink(tx: Pick<Tx, 'invite'>, link: NewLink): Promise<{ token: string; id: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(Date.now() + link.hours * HOUR_MS)
  const { id } = await tx.invite.create({
    data: {
      projectId: link.projectId,
      role: link.role,
      tokenHash: hashToken(token),
      createdBy: link.createdBy,
      usedBy: link.forUser ?? null,
      expiresAt,
    },
    select: { id: true },
  })
  return { token, id, expiresAt }
}

export type LinkState = 'valid' | 'used' | 'expired' | 'unknown'
export type FoundLink = { readonly state: LinkState; readonly invite: (Invite & { project: Project | null }) | null }

/** Looks at a link without using it up. `kind` keeps the two apart: an invitation cannot be opened as a sign-in link. */
export async function findLink(tx: Pick<Tx, 'invite'>, kind: 'sign-in' | 'invite', token: string): Promise<FoundLink> {
  if (!/^[\w-]{16,128}$/.test(token)) return { state: 'unknown', invite: null }
  const invite = await tx.invite.findUnique({ where: { tokenHash: hashToken(token) }, include: { project: true } })
  if (invite === null || (kind === 'sign-in') !== (invite.projectId === null)) return { state: 'unknown', invite: null }
  if (invite.usedAt !== null) return { state: 'used', invite }
  if (invite.expiresAt.getTime() <= Date.now()) return { state: 'expired', invite }
  return { state: 'valid', invite }
}

/**
 * Uses a link up. Of two who open the same link at once the conditional update lets one through.
 *
 * @throws AppError expired for used, expired and unknown links alike
 */
export async function consumeLink(tx: Tx, kind: 'sign-in' | 'invite', token: string): Promise<Invite & { project: Project | null }> {
  const { state, invite } = await findLink(tx, kind, token)
  if (invite !== null && state === 'valid') {
    const { count } = await tx.invite.updateMany({
      where: { id: invite.id, usedAt: null, expiresAt: { gt: new Date() } },
      data: { usedAt: new Date() },
    })
    if (count === 1) return invite
  }
  throw new AppError('expired', 'This link was used already, has expired or was never made. Ask for a new one.', { state })
}
