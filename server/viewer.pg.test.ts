/** "Not yours" and "does not exist" give the same answer, for pages, actions and route handlers alike. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { AppError } from '@/core/errors'
import { addMember, headersOf, makeProject, makeUser } from './people-for-tests'
import type { Viewer } from './session'
import { requireProject, routeHandler } from './viewer'

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }))

let mine: { id: string; slug: string }
let theirs: { id: string; slug: string }
let viewer: Viewer

beforeAll(async () => {
  mine = await makeProject(`mine-${randomUUID()}`)
  theirs = await makeProject(`theirs-${randomUUID()}`)
  viewer = await makeUser('Reviewer')
  await addMember(mine.id, viewer, 'reviewer')
})

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return error instanceof AppError ? `${error.code}: ${error.message}` : 'none'
}

describe('requireProject', () => {
  it('gives project and role to a member', async () => {
    expect(await requireProject(viewer, { slug: mine.slug }, 'sample.edit')).toMatchObject({ role: 'reviewer', project: { id: mine.id } })
  })

  it('answers the same for what is not there and what is not yours', async () => {
    const foreign = await codeOf(requireProject(viewer, { projectId: theirs.id }, 'project.view'))
    expect(foreign).toMatch(/^not_found/)
    for (const key of [{ slug: theirs.slug }, { slug: 'nowhere' }, { projectId: randomUUID() }, { projectId: `' OR 1=1 --` }]) {
      expect(await codeOf(requireProject(viewer, key, 'project.view'))).toBe(foreign)
    }
  })

  it('names the role that is too low', async () => {
    expect(await codeOf(requireProject(viewer, { slug: mine.slug }, 'member.manage'))).toMatch(/^forbidden: As reviewer/)
  })
})

describe('routeHandler', () => {
  const handler = routeHandler<{ projectId: string }>(async (_request, call) => {
    const { role } = await requireProject(call.viewer, { projectId: call.params.projectId }, 'project.view')
    return Response.json({ role })
  })
  const call = async (method: string, headers: Headers, projectId = mine.id) =>
    handler(new Request('http://127.0.0.1:3000/api/x', { method, headers }), { params: Promise.resolve({ projectId }) })

  it('answers a member', async () => {
    const response = await call('GET', await headersOf(viewer))
    expect(await response.json()).toEqual({ role: 'reviewer' })
  })

  it('refuses the unknown with 401 and the foreign with 404', async () => {
    expect((await call('GET', await headersOf(null))).status).toBe(401)
    const foreign = await call('GET', await headersOf(viewer), theirs.id)
    expect([foreign.status, await foreign.json()]).toMatchObject([404, { error: { code: 'not_found' } }])
  })

  it('lets other sites read nothing new, and change nothing', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const extra of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
        expect((await call(method, await headersOf(viewer, extra))).status, `${method} ${JSON.stringify(extra)}`).toBe(403)
      }
      const silent = await headersOf(viewer)
      silent.delete('origin')
      expect((await call(method, silent)).status, `${method} without origin`).toBe(403)
      expect((await call(method, await headersOf(viewer))).status, `${method} from ourselves`).toBe(200)
    }
  })

  it('keeps the cause of a defect to itself', async () => {
    const broken = routeHandler(async () => {
      throw new Error('secret path /srv/x')
    })
    const response = await broken(new Request('http://127.0.0.1:3000/api/x', { headers: await headersOf(viewer) }), {
      params: Promise.resolve({}),
    })
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).toContain('"internal"')
    expect(text).not.toContain('secret')
  })
})
