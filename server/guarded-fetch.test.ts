import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGuardedFetch } from './guarded-fetch'

let server: Server
let origin = ''
const seen: string[] = []
const hanging = new Set<ServerResponse>()

const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/ok': (response) => response.end('fine'),
  '/empty': (response) => response.writeHead(204).end(),
  '/not-modified': (response) => response.writeHead(304).end(),
  '/away': (response) => response.writeHead(302, { location: '/ok' }).end('gone'),
  '/permanent': (response) => response.writeHead(308, { location: 'http://example.org/' }).end(),
  '/busy': (response) => response.writeHead(429, { 'retry-after': '7' }).end('busy'),
  '/declared': (response) => response.writeHead(200, { 'content-length': '5000' }).end('x'.repeat(5000)),
  '/streamed': (response) => {
    for (let part = 0; part < 50; part += 1) response.write('x'.repeat(100))
    response.end()
  },
  '/silent': (response) => hanging.add(response),
  '/half': (response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
    hanging.add(response)
  },
  '/cut': (response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half', () => response.destroy())
  },
}

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '')
    ANSWERS[request.url ?? '']?.(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  for (const response of hanging) response.destroy()
  await new Promise((resolve) => server.close(resolve))
})

const open = (limits: { maxResponseBytes?: number; timeoutMs?: number; origins?: string[] } = {}) =>
  createGuardedFetch({ origins: [origin], maxResponseBytes: 1000, timeoutMs: 20_000, ...limits })
const code = (name: string, message = /./) => expect.objectContaining({ code: name, message: expect.stringMatching(message) })

test('an allowed origin is reached, as an address in text, as URL and as request', async () => {
  expect(await (await open()(`${origin}/ok`)).text()).toBe('fine')
  expect(await (await open()(new URL(`${origin}/ok`))).text()).toBe('fine')
  expect(await (await open()(new Request(`${origin}/ok`, { method: 'POST', body: 'x' }))).text()).toBe('fine')
  expect(await (await open({ origins: [`${origin}/some/path`] })(`${origin}/ok`)).text()).toBe('fine')
})

test('statuses and headers come through, also those without a body', async () => {
  const busy = await open()(`${origin}/busy`)
  expect([busy.status, busy.headers.get('retry-after'), await busy.text()]).toEqual([429, '7', 'busy'])
  expect((await open()(`${origin}/empty`)).status).toBe(204)
  expect((await open()(`${origin}/not-modified`)).status).toBe(304)
})

test('nothing else is reached, and no request is made', async () => {
  const before = seen.length
  const elsewhere = [
    origin.replace('127.0.0.1', 'localhost'),
    origin.replace('http:', 'https:'),
    'http://127.0.0.1:1',
    `http://169.254.169.254/latest`,
    `${origin.replace('127.0.0.1', '127.0.0.1.nip.io')}/ok`,
    origin.replace('http://', 'http://user:secret@'),
    origin.replace('http://', 'http://example.org@'),
    'file:///etc/passwd',
    'data:text/plain,x',
  ]
  for (const address of elsewhere) await expect(open()(address)).rejects.toEqual(code('bad_setting', /not among the addresses/))
  await expect(open({ origins: [] })(`${origin}/ok`)).rejects.toEqual(code('bad_setting'))
  expect(seen.length).toBe(before)
})

test.each(['/away', '/permanent'])('a redirect is not followed: %s', async (path) => {
  await expect(open()(origin + path)).rejects.toEqual(code('bad_setting', /redirect/))
  await expect(open()(origin + path, { redirect: 'follow' })).rejects.toEqual(code('bad_setting', /redirect/))
})

describe('the length of an answer', () => {
  test('is refused by its header, and by counting', async () => {
    await expect(open()(`${origin}/declared`)).rejects.toEqual(code('limit_exceeded', /more than 1000 bytes/))
    const response = await open()(`${origin}/streamed`)
    await expect(response.text()).rejects.toEqual(code('limit_exceeded'))
  })

  test('may be exactly the limit', async () => {
    expect((await (await open({ maxResponseBytes: 5000 })(`${origin}/streamed`)).text()).length).toBe(5000)
  })
})

describe('time', () => {
  test('is up before the first byte, and in the middle of the body', async () => {
    await expect(open({ timeoutMs: 150 })(`${origin}/silent`)).rejects.toEqual(code('unavailable', /did not answer/))
    const response = await open({ timeoutMs: 150 })(`${origin}/half`)
    await expect(response.text()).rejects.toEqual(code('unavailable'))
  })

  test('of the caller ends a request too, with the reason of the caller', async () => {
    const mine = new AbortController()
    const asked = open()(`${origin}/silent`, { signal: mine.signal })
    mine.abort(new Error('stopped by me'))
    await expect(asked).rejects.toThrow('stopped by me')
  })
})

test('a connection cut in mid-body is an error, not a short answer', async () => {
  const response = await open()(`${origin}/cut`)
  await expect(response.text()).rejects.toThrow()
})
