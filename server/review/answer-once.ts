import { createHash } from 'node:crypto'
import { AppError } from '@/core/errors'
import { canonicalJson } from '../canonical-json'
import type { Tx } from '../db'
import type { Prisma } from '../generated/prisma/client'

type Mutation = { readonly id: string; readonly userId: string; readonly action: string; readonly request: unknown }

function hashOf(request: unknown): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex')
}

/**
 * The stored answer of a mutation that was done before, or null (invariant 5). The caller holds a lock under which every
 * send of this mutation waits, so that a concurrent repetition finds the answer too.
 *
 * @throws AppError mutation_mismatch when the id was used for something else, or by somebody else
 */
export async function storedAnswer(tx: Tx, mutation: Mutation): Promise<unknown> {
  const row = await tx.mutation.findUnique({ where: { id: mutation.id } })
  if (row === null) return null
  if (row.userId !== mutation.userId || row.action !== mutation.action || row.requestHash !== hashOf(mutation.request)) {
    throw new AppError('mutation_mismatch', 'This change was sent before with other content. Reload the page.', { mutationId: mutation.id })
  }
  return row.response
}

/** Remembers the answer, so that a repeated send changes nothing and is told the same. */
export async function storeAnswer(tx: Tx, mutation: Mutation, response: Prisma.InputJsonValue): Promise<void> {
  const { id, userId, action } = mutation
  await tx.mutation.create({ data: { id, userId, action, requestHash: hashOf(mutation.request), response } })
}
