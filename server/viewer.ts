import { randomUUID } from 'node:crypto'
import { can, type Permission, type Role } from '@/core/access'
import { AppError, ERROR_CODES } from '@/core/errors'
import { projectIdSchema } from '@/core/ids'
import { db } from './db'
import { env } from './env'
import type { Project } from './generated/prisma/client'
import { reportError } from './report-error'
import { requireSameOrigin } from './request-origin'
import { notSignedIn, type Viewer, viewerOf } from './session'

export type ProjectKey = { readonly slug: string } | { readonly projectId: string }
export type ProjectAccess = { readonly project: Project; readonly role: Role }

/**
 * The project, if it is one of the viewer's, with the viewer's role. Project and membership are read by one query, so that
 * "does not exist" and "is not yours" cannot be told apart.
 *
 * @throws AppError not_found, or forbidden when the role is too low for `permission`
 */
export async function requireProject(viewer: Viewer, key: ProjectKey, permission: Permission): Promise<ProjectAccess> {
  const found = await findProject(viewer, key)
  if (found === null) throw new AppError('not_found', 'There is no such project, or it is not one of yours. Check the address.')
  if (!can(found.role, permission)) {
    throw new AppError(
      'forbidden',
      `As ${found.role} of “${found.project.name}” you may not do this. Ask an administrator of the project.`,
      {
        permission,
        role: found.role,
      },
    )
  }
  return found
}

async function findProject(viewer: Viewer, key: ProjectKey): Promise<ProjectAccess | null> {
  const where = whereOf(key)
  if (where === null) return null
  const project = await db.project.findFirst({
    where: viewer.isAdmin ? where : { ...where, memberships: { some: { userId: viewer.userId } } },
    include: { memberships: { where: { userId: viewer.userId } } },
  })
  if (project === null) return null
  const { memberships, ...plain } = project
  const role = viewer.isAdmin ? 'admin' : memberships[0]?.role
  return role === undefined ? null : { project: plain, role }
}

/** A malformed id is simply not found: it never reaches the database. */
function whereOf(key: ProjectKey): { slug: string } | { id: string } | null {
  if ('slug' in key) return { slug: key.slug }
  const parsed = projectIdSchema.safeParse(key.projectId)
  return parsed.success ? { id: parsed.data } : null
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

export type RouteCall<Params> = { readonly viewer: Viewer; readonly params: Params; readonly requestId: string }

/**
 * The gate of route handlers: session, and for everything but reads the origin check; errors become `{error: ErrorBody}` with
 * the status of their code. The handler itself looks its ids up with `requireProject`.
 */
export function routeHandler<Params = Record<string, never>>(handle: (request: Request, call: RouteCall<Params>) => Promise<Response>) {
  return async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    const requestId = randomUUID()
    try {
      const viewer = await viewerOf(request.headers)
      if (viewer === null) throw notSignedIn()
      if (!READS.has(request.method)) requireSameOrigin(request.headers, env.baseUrl)
      return await handle(request, { viewer, params: await context.params, requestId })
    } catch (thrown) {
      if (request.signal.aborted) return new Response(null, { status: 499 })
      const path = new URL(request.url).pathname
      const error = reportError(thrown, { requestId, method: request.method, path })
      return Response.json(
        { error },
        { status: ERROR_CODES[error.code], headers: { 'cache-control': 'no-store', 'x-request-id': requestId } },
      )
    }
  }
}
