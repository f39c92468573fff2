import { randomUUID } from 'node:crypto'
import { AppError } from '@/core/errors'
import type { Tx } from './db'

/** The table asks for an address; people without one get a name under a domain that can never receive mail. */
const NO_MAIL = '.invalid'

export function shownEmail(email: string): string | null {
  return email.endsWith(NO_MAIL) ? null : email
}

type NewPerson = { name: string; email: string | null; isAdmin: boolean }

/** @throws AppError already_exists when the address belongs to somebody: a link to a project must not open their account. */
export async function createPerson(tx: Tx, person: NewPerson): Promise<string> {
  const id = randomUUID()
  const email = person.email?.toLowerCase() ?? `${id}@people${NO_MAIL}`
  if ((await tx.user.findUnique({ where: { email }, select: { id: true } })) !== null) {
    throw new AppError(
      'already_exists',
      'Somebody with this e-mail address is a member here. Sign in as that person first, then open the invitation again.',
      {
        field: 'email',
      },
    )
  }
  await tx.user.create({ data: { id, email, name: person.name, isAdmin: person.isAdmin } })
  return id
}

/**
 * The administrator a general sign-in link opens: the first one, made now if there is none. The lock keeps two links that
 * are opened at the same moment on a fresh installation from making two.
 */
export async function firstAdministrator(
  tx: Tx,
  orCreate: { name: string; email: string | null },
): Promise<{ userId: string; isNew: boolean }> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('first-administrator', 0))`
  const found = await tx.user.findFirst({ where: { isAdmin: true }, orderBy: { createdAt: 'asc' }, select: { id: true } })
  if (found !== null) return { userId: found.id, isNew: false }
  return { userId: await createPerson(tx, { ...orCreate, isAdmin: true }), isNew: true }
}
