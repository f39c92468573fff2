import type { Role } from '@/core/access'
import { db } from '@/server/db'
import { shownEmail } from '@/server/people'

export type MemberRow = {
  readonly userId: string
  readonly name: string
  readonly email: string | null
  readonly role: Role
  readonly isInstallationAdmin: boolean
  readonly since: Date
  readonly decided: number
}
export type OpenInvite = {
  readonly id: string
  readonly role: Role
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export async function listMembers(projectId: string): Promise<{ members: MemberRow[]; invites: OpenInvite[] }> {
  const [memberships, decided, invites] = await Promise.all([
    db.membership.findMany({ where: { projectId }, include: { user: true }, orderBy: { createdAt: 'asc' } }),
    db.sample.groupBy({ by: ['decidedBy'], where: { projectId, decidedBy: { not: null } }, _count: true }),
    db.invite.findMany({ where: { projectId, usedAt: null, expiresAt: { gt: new Date() } }, orderBy: { createdAt: 'desc' } }),
  ])
  const makers = await db.user.findMany({
    where: { id: { in: invites.flatMap((invite) => invite.createdBy ?? []) } },
    select: { id: true, name: true },
  })
  const counts = new Map(decided.map((group) => [group.decidedBy, group._count]))
  return {
    members: memberships.map(({ user, role, createdAt }) => ({
      userId: user.id,
      name: user.name,
      email: shownEmail(user.email),
      role,
      isInstallationAdmin: user.isAdmin,
      since: createdAt,
      decided: counts.get(user.id) ?? 0,
    })),
    invites: invites.map((invite) => ({
      id: invite.id,
      role: invite.role,
      createdBy: makers.find((maker) => maker.id === invite.createdBy)?.name ?? null,
      createdAt: invite.createdAt,
      expiresAt: invite.expiresAt,
    })),
  }
}
