/** Every route handler there is: nobody gets in without a session, and no other site changes anything. */
import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { headersOf, makeUser } from '@/server/people-for-tests'
import type { Viewer } from '@/server/session'

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }))

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const READS: readonly string[] = ['GET', 'HEAD']
/** Answers everybody, because a supervisor asks it. */
const OPEN = ['health/route.ts']
const ID = '00000000-0000-4000-8000-000000000000'

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('route.ts') && !OPEN.includes(file),
)

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

async function handlersOf(file: string): Promise<[string, Handler][]> {
  const loaded: Record<string, unknown> = await import(/* @vite-ignore */ `./${file}`)
  return METHODS.flatMap((method): [string, Handler][] =>
    typeof loaded[method] === 'function' ? [[method, loaded[method] as Handler]] : [],
  )
}

function call(file: string, method: string, handler: Handler, headers: Headers): Promise<Response> {
  const names = [...file.matchAll(/\[\[?(?:\.\.\.)?(\w+)\]/g)].map((match) => match[1] ?? '')
  const path = file.replace(/\/route\.ts$/, '').replace(/\[\[?[^\]]*\]\]?/g, ID)
  const params = Promise.resolve(Object.fromEntries(names.map((name) => [name, ID])))
  return handler(new Request(`http://127.0.0.1:3000/api/${path}`, { method, headers }), { params })
}

let viewer: Viewer
beforeAll(async () => {
  viewer = await makeUser('Somebody')
})

describe.each(files)('%s', (file) => {
  it('asks for a session', async () => {
    const handlers = await handlersOf(file)
    expect(handlers.length).toBeGreaterThan(0)
    for (const [method, handler] of handlers) expect((await call(file, method, handler, await headersOf(null))).status, method).toBe(401)
  })

  it('knows no project of others', async () => {
    for (const [method, handler] of await handlersOf(file)) {
      if (READS.includes(method) && file.includes('[projectId]'))
        expect((await call(file, method, handler, await headersOf(viewer))).status, method).toBe(404)
    }
  })

  it('refuses changes that come from elsewhere', async () => {
    for (const [method, handler] of await handlersOf(file)) {
      if (READS.includes(method)) continue
      for (const extra of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
        expect((await call(file, method, handler, await headersOf(viewer, extra))).status, `${method} ${JSON.stringify(extra)}`).toBe(403)
      }
    }
  })
})
