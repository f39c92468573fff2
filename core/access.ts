/** Who may do what in a project: the one table. Server and screens both ask it; only the server's answer counts. */
import { z } from 'zod'

/** From least to most: each role may do everything the one before it may. */
export const roleSchema = z.enum(['viewer', 'reviewer', 'curator', 'admin'])
export type Role = z.infer<typeof roleSchema>

/**
 * The least role for each act. A reviewer may reopen, because a mistaken decision must be reversible by the one who made
 * it; every reopening is in the audit log. Exports leave the house and deletions cannot be undone, so they sit higher.
 */
export const PERMISSIONS = {
  'project.view': 'viewer',
  'sample.edit': 'reviewer',
  'sample.decide': 'reviewer',
  'sample.reopen': 'reviewer',
  'import.run': 'curator',
  'export.run': 'curator',
  'run.manage': 'curator',
  'pipeline.edit': 'curator',
  'video.upload': 'curator',
  'video.delete': 'admin',
  'member.manage': 'admin',
  'project.edit': 'admin',
} as const satisfies Readonly<Record<string, Role>>

export type Permission = keyof typeof PERMISSIONS

const RANK: Readonly<Record<Role, number>> = { viewer: 0, reviewer: 1, curator: 2, admin: 3 }

/** Whether the role includes the permission. No role (not a member) = false. */
export function can(role: Role | null, permission: Permission): boolean {
  return role !== null && RANK[role] >= RANK[PERMISSIONS[permission]]
}
