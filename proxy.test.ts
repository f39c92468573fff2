import { NextRequest } from 'next/server'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

/** The directives of a page's policy, by name. */
async function policyWith(settings: Record<string, string>): Promise<Map<string, string>> {
  vi.resetModules()
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  const { proxy } = await import('./proxy')
  const policy = proxy(new NextRequest('http://127.0.0.1:3000/projects')).headers.get('content-security-policy') ?? ''
  return new Map(policy.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]))
}

const BUCKET = { S3_BUCKET: 'videos', S3_ENDPOINT: 'https://s3.example.org', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' }

test('a page reads from us alone, with a bucket behind us too', async () => {
  for (const settings of [{}, BUCKET]) {
    const policy = await policyWith(settings)
    expect([policy.get('img-src'), policy.get('media-src'), policy.get('connect-src')]).toEqual([
      "'self' blob: data:",
      "'self' blob:",
      "'self'",
    ])
  }
})

test('where browsers fetch by signed links the bucket may give pictures, media and data, and nothing that runs', async () => {
  const policy = await policyWith({ ...BUCKET, S3_PRESIGN: 'on' })
  const origin = 'https://s3.example.org'
  expect([policy.get('img-src'), policy.get('media-src'), policy.get('connect-src')]).toEqual([
    `'self' blob: data: ${origin}`,
    `'self' blob: ${origin}`,
    `'self' ${origin}`,
  ])
  for (const name of ['default-src', 'script-src', 'style-src', 'worker-src', 'form-action', 'font-src']) {
    expect(policy.get(name)).not.toContain('example.org')
  }
})

test('a bucket before the host is named alone, not the service that holds everybody else’s too', async () => {
  const policy = await policyWith({ ...BUCKET, S3_PRESIGN: 'on', S3_FORCE_PATH_STYLE: 'off' })
  expect(policy.get('img-src')).toBe("'self' blob: data: https://videos.s3.example.org")
})
