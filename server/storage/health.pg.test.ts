import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type S3Server, startS3Server } from '@/e2e/s3-server'

let server: S3Server

beforeAll(async () => {
  server = await startS3Server()
  for (const [name, value] of Object.entries(server.environment)) vi.stubEnv(name, value)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await server.stop()
})

test('health asks the bucket: it works, it refuses, it is gone', async () => {
  const { GET } = await import('@/app/api/health/route')
  server.fault = () => ({ kind: 'answer', status: 403, code: 'AccessDenied' })
  const refused = await GET()
  expect([refused.status, await refused.json()]).toEqual([
    503,
    expect.objectContaining({ status: 'failing', db: 'ok', storage: 'failing' }),
  ])
  server.fault = () => null
  expect(await (await GET()).json()).toMatchObject({ db: 'ok', storage: 'ok' })
  // A bucket that worked a moment ago is believed for that moment; then its loss shows.
  const written = server.seen.length
  await GET()
  expect(server.seen).toHaveLength(written)
  server.dropBucket()
  vi.useFakeTimers({ now: Date.now() + 11_000, toFake: ['Date'] })
  try {
    const gone = await GET()
    expect([gone.status, await gone.json()]).toEqual([503, expect.objectContaining({ storage: 'failing' })])
  } finally {
    vi.useRealTimers()
  }
})
