/** A link works once, for its purpose, until it expires; what it opens is a better-auth session and nothing home-made. */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { acceptInvite } from './actions/accept-invite'
import { signIn } from './actions/sign-in'
import { auth } from './auth'
import { db } from './db'
import { createLink, findLink, hashToken } from './links'
import { addMember, cookieOf, headersOf, makeProject, makeUser } from './people-for-tests'
import { viewerOf } from './session'

const request = vi.hoisted(() => ({ headers: new Headers() }))
vi.mock('next/headers', () => ({ headers: async () => request.headers, cookies: async () => new Map() }))

beforeEach(async () => {
  request.headers = await headersOf(null)
})

const link = (projectId: string | null, hours = 1, forUser?: string) =>
  createLink(db, { projectId, role: 'reviewer', createdBy: null, hours, ...(forUser === undefined ? {} : { forUser }) })

describe('sign-in link', () => {
  it('makes the administrator once, then signs in as the first', async () => {
    const links = await Promise.all([link(null), link(null), link(null)])
    const [first, second] = await Promise.all(
      links.slice(0, 2).map(({ token }) => signIn({ token, name: 'Mara Lindqvist', email: 'Mara@Example.org' })),
    )
    expect(first?.ok && second?.ok && first.data.userId === second.data.userId).toBe(true)
    expect(await db.user.count({ where: { isAdmin: true } })).toBe(1)
    const admin = await db.user.findFirstOrThrow({ where: { isAdmin: true } })
    expect(admin).toMatchObject({ name: 'Mara Lindqvist', email: 'mara@example.org' })
    const third = await signIn({ token: links[2]?.token ?? '', name: 'Mallory' })
    expect(third).toMatchObject({ ok: true, data: { userId: admin.id, isNew: false } })
    expect(await db.session.count({ where: { userId: admin.id } })).toBe(3)
  })

  it('stores the hash of the token only', async () => {
    const { token, id } = await link(null)
    const row = await db.invite.findUniqueOrThrow({ where: { id } })
    expect(JSON.stringify(row)).not.toContain(token)
    expect(row.tokenHash).toBe(hashToken(token))
  })

  it('is not used up by looking at it', async () => {
    const { token } = await link(null)
    for (let n = 0; n < 3; n += 1) expect((await findLink(db, 'sign-in', token)).state).toBe('valid')
  })

  it('works once, even for two who open it at the same moment', async () => {
    const { token } = await link(null)
    const answers = await Promise.all([1, 2, 3, 4].map(() => signIn({ token })))
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && answer.error.code === 'expired')).toHaveLength(3)
    expect((await findLink(db, 'sign-in', token)).state).toBe('used')
  })

  it('refuses expired and unknown links, and invitations', async () => {
    const project = await makeProject(`p-${randomUUID()}`)
    for (const token of [(await link(null, -1)).token, 'x'.repeat(43), (await link(project.id)).token]) {
      expect(await signIn({ token })).toMatchObject({ ok: false, error: { code: 'expired' } })
    }
  })

  it('made for one person signs in as that person', async () => {
    const person = await makeUser('Jun Okafor')
    const { token } = await link(null, 1, person.userId)
    expect(await signIn({ token })).toMatchObject({ ok: true, data: { userId: person.userId } })
  })
})

describe('invitation', () => {
  it('makes a person and a member with the role of the link', async () => {
    const project = await makeProject(`p-${randomUUID()}`)
    const { token } = await link(project.id)
    const answer = await acceptInvite({ token, person: { name: 'Sofia Almeida', email: 'sofia@example.org' } })
    if (!answer.ok) throw new Error(answer.error.message)
    const member = await db.membership.findFirstOrThrow({ where: { projectId: project.id }, include: { user: true } })
    expect(member).toMatchObject({ role: 'reviewer', user: { name: 'Sofia Almeida', isAdmin: false } })
    expect(await acceptInvite({ token, person: { name: 'Again', email: 'again@example.org' } })).toMatchObject({
      error: { code: 'expired' },
    })
    expect(await db.user.count({ where: { email: 'again@example.org' } })).toBe(0)
  })

  it('does not open the account behind a known address', async () => {
    const project = await makeProject(`p-${randomUUID()}`)
    await db.user.create({ data: { id: randomUUID(), name: 'Root', email: 'root@example.org', isAdmin: true } })
    const { token } = await link(project.id)
    const answer = await acceptInvite({ token, person: { name: 'Mallory', email: 'ROOT@example.org' } })
    expect(answer).toMatchObject({ ok: false, error: { code: 'already_exists' } })
    expect((await findLink(db, 'invite', token)).state, 'the refusal gives the link back').toBe('valid')
  })

  it('joins whoever is signed in, and never lowers a role', async () => {
    const project = await makeProject(`p-${randomUUID()}`)
    const curator = await makeUser('Curator')
    await addMember(project.id, curator, 'curator')
    request.headers = await headersOf(curator)
    expect(await acceptInvite({ token: (await link(project.id)).token, person: null })).toMatchObject({ ok: true })
    expect(await db.membership.findMany({ where: { projectId: project.id } })).toMatchObject([{ role: 'curator' }])
  })
})

describe('session', () => {
  it('has a cookie that scripts and other sites cannot use', async () => {
    const person = await makeUser('Tomas Kral')
    const { headers } = await auth.api.startLinkSession({ body: { userId: person.userId }, headers: new Headers(), returnHeaders: true })
    const cookie = headers.getSetCookie().find((line) => line.includes('session_token')) ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).toMatch(/Path=\//i)
  })

  it('is refused when its signature was changed', async () => {
    const cookie = await cookieOf(await makeUser('Someone'))
    expect(await viewerOf(new Headers({ cookie }))).not.toBeNull()
    const cut = cookie.indexOf('.')
    expect(await viewerOf(new Headers({ cookie: `${cookie.slice(0, cut + 1)}${'A'.repeat(43)}%3D` }))).toBeNull()
  })

  it('ends with sign-out on the server too', async () => {
    const cookie = await cookieOf(await makeUser('Someone'))
    await auth.api.signOut({ headers: new Headers({ cookie }) })
    expect(await viewerOf(new Headers({ cookie }))).toBeNull()
  })
})
