/**
 * The gate, as a matrix: every action there is × everybody who may call it. The list of actions is the folder, so that a new
 * one is in the test without anybody remembering it, and an export that did not go through the gate fails.
 */
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { can, type Permission, roleSchema } from '@/core/access'
import { gateOf } from './action'
import { db } from './db'
import { inputFor } from './input-for-tests'
import { addMember, headersOf, makeProject, makeUser } from './people-for-tests'
import type { Viewer } from './session'

const request = vi.hoisted(() => ({ headers: new Headers() }))
vi.mock('next/headers', () => ({ headers: async () => request.headers, cookies: async () => new Map() }))

const GENERAL = new Set(['anyone', 'signed-in', 'installation.admin'])
const files = readdirSync(new URL('./actions', import.meta.url)).filter((name) => name.endsWith('.ts') && !name.includes('.test.'))

type Action = (input: unknown) => Promise<{ ok: true } | { ok: false; error: { code: string; details: unknown } }>
type Person = { label: string; viewer: Viewer | null; role: ReturnType<typeof roleSchema.parse> | null; isInside: boolean }

let people: Person[]
let project: { id: string; slug: string }

beforeAll(async () => {
  project = await makeProject(`mine-${randomUUID()}`)
  const elsewhere = await makeProject(`other-${randomUUID()}`)
  const outsider = await makeUser('Outsider')
  await addMember(elsewhere.id, outsider, 'admin')
  people = [
    { label: 'anonymous', viewer: null, role: null, isInside: false },
    { label: 'admin of another project', viewer: outsider, role: null, isInside: false },
  ]
  for (const role of roleSchema.options) {
    const viewer = await makeUser(role)
    await addMember(project.id, viewer, role)
    people.push({ label: role, viewer, role, isInside: true })
  }
  people.push({ label: 'administrator of the installation', viewer: await makeUser('Root', true), role: 'admin', isInside: true })
})

function expectedRefusal(permission: string, person: Person): string | null {
  if (permission === 'anyone') return null
  if (person.viewer === null) return 'unauthenticated'
  if (permission === 'signed-in') return null
  if (permission === 'installation.admin') return person.viewer.isAdmin ? null : 'forbidden'
  if (!person.isInside) return 'not_found'
  return can(person.role, permission as Permission) ? null : 'forbidden'
}

async function exportsOf(file: string): Promise<[string, unknown][]> {
  const loaded: Record<string, unknown> = await import(`./actions/${file.replace(/\.ts$/, '')}.ts`)
  return Object.entries(loaded)
}

describe.each(files)('%s', (file) => {
  it('exports nothing but gated actions', async () => {
    const entries = await exportsOf(file)
    expect(entries.length).toBeGreaterThan(0)
    for (const [name, value] of entries) expect(gateOf(value), `${name} is not made by defineAction`).not.toBeNull()
  })

  it('lets through exactly those whom core/access names', async () => {
    for (const [, value] of await exportsOf(file)) {
      const gate = gateOf(value)
      if (gate === null) throw new Error('not gated')
      const input = inputFor(gate.input, { projectId: project.id })
      expect(gate.input.safeParse(input).error, `the made-up input of ${gate.name} must parse`).toBeUndefined()
      for (const person of people) {
        request.headers = await headersOf(person.viewer)
        const answer = await (value as Action)(input)
        const refusal = expectedRefusal(gate.permission, person)
        const code = answer.ok ? null : answer.error.code
        if (refusal !== null) expect(code, `${gate.name} as ${person.label}`).toBe(refusal)
        else expect(['unauthenticated', 'forbidden', 'wrong_origin'], `${gate.name} as ${person.label}`).not.toContain(code)
      }
    }
  })

  it.each([
    ['foreign origin', { origin: 'https://evil.example' }],
    ['null origin', { origin: 'null' }],
    ['origin of another port', { origin: 'http://127.0.0.1:9' }],
    ['our origin but sent across sites', { 'sec-fetch-site': 'cross-site' }],
    ['same site, other origin', { 'sec-fetch-site': 'same-site' }],
  ])('refuses a request with %s and writes nothing', async (_label, extra) => {
    const admin = people.at(-1)?.viewer ?? null
    for (const [, value] of await exportsOf(file)) {
      const gate = gateOf(value)
      if (gate === null) throw new Error('not gated')
      request.headers = await headersOf(admin, extra)
      const before = await db.auditEvent.count()
      const answer = await (value as Action)(inputFor(gate.input, { projectId: project.id }))
      expect(answer).toMatchObject({ ok: false, error: { code: 'wrong_origin' } })
      expect(await db.auditEvent.count()).toBe(before)
    }
  })

  it('refuses a request without origin unless the browser vouches for it', async () => {
    for (const [, value] of await exportsOf(file)) {
      const gate = gateOf(value)
      if (gate === null) throw new Error('not gated')
      const headers = await headersOf(people.at(-1)?.viewer ?? null)
      headers.delete('origin')
      request.headers = headers
      expect(await (value as Action)(inputFor(gate.input, { projectId: project.id }))).toMatchObject({ error: { code: 'wrong_origin' } })
      headers.set('sec-fetch-site', 'same-origin')
      const answer = await (value as Action)(inputFor(gate.input, { projectId: project.id }))
      expect(answer.ok ? null : answer.error.code).not.toBe('wrong_origin')
    }
  })
})

it('knows every permission that actions ask for', async () => {
  const asked = new Set<string>()
  for (const file of files) for (const [, value] of await exportsOf(file)) asked.add(gateOf(value)?.permission ?? 'none')
  const known = new Set<string>([...GENERAL, ...Object.keys((await import('@/core/access')).PERMISSIONS)])
  expect([...asked].filter((permission) => !known.has(permission))).toEqual([])
})
