/** People with sessions for tests against a real database. Never imported by the product. */
import { randomUUID } from 'node:crypto'
import type { Role } from '@/core/access'
import { auth } from './auth'
import { db } from './db'
import type { Viewer } from './session'

export async function makeUser(name: string, isAdmin = false): Promise<Viewer> {
  const id = randomUUID()
  await db.user.create({ data: { id, name, email: `${id}@people.invalid`, isAdmin } })
  return { userId: id, name, isAdmin }
}

export async function makeProject(slug: string): Promise<{ id: string; slug: string }> {
  return db.project.create({ data: { slug, name: slug }, select: { id: true, slug: true } })
}

export async function addMember(projectId: string, viewer: Viewer, role: Role): Promise<void> {
  await db.membership.create({ data: { projectId, userId: viewer.userId, role } })
}

/** The cookie header of a fresh session. */
export async function cookieOf(viewer: Viewer): Promise<string> {
  const { headers } = await auth.api.startLinkSession({ body: { userId: viewer.userId }, headers: new Headers(), returnHeaders: true })
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** Headers of a request from one of our own pages, signed in as `viewer` (null = not at all). */
export async function headersOf(viewer: Viewer | null, extra: Record<string, string> = {}): Promise<Headers> {
  const headers = new Headers({ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', ...extra })
  if (viewer !== null) headers.set('cookie', await cookieOf(viewer))
  return headers
}
