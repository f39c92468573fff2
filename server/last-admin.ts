import { AppError } from '@/core/errors'
import type { Tx } from './db'

/**
 * Refuses to leave a project without an administrator. Locks the project's row first: two administrators who demote each
 * other at the same moment would each still see the other.
 *
 * @throws AppError illegal_transition
 */
export async function requireOtherAdmin(tx: Tx, projectId: string, userId: string): Promise<void> {
  await tx.$executeRaw`SELECT 1 FROM "Project" WHERE "id" = ${projectId}::uuid FOR UPDATE`
  const others = await tx.membership.count({ where: { projectId, role: 'admin', userId: { not: userId } } })
  if (others === 0) {
    throw new AppError('illegal_transition', 'This is the last administrator of the project. Make somebody else administrator first.')
  }
}
