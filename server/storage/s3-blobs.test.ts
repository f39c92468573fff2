import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Fault, type S3Server, type SeenRequest, startS3Server } from '@/e2e/s3-server'

type Storage = typeof import('../storage')

const MIB = 1024 ** 2
const sha = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const folders: string[] = []
let server: S3Server

beforeAll(async () => {
  server = await startS3Server()
})
beforeEach(() => {
  server.fault = () => null
  server.seen.length = 0
})
afterEach(() => vi.unstubAllEnvs())
afterAll(async () => {
  await server.stop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** One machine: a data folder of its own, modules of its own, the same bucket. */
async function openMachine(extra: Record<string, string> = {}): Promise<{ storage: Storage; files: (name: string) => string[] }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'crema-machine-'))
  folders.push(folder)
  vi.resetModules()
  for (const [name, value] of Object.entries({ CREMA_DATA: folder, ...server.environment, ...extra })) vi.stubEnv(name, value)
  const storage = await import('../storage')
  return { storage, files: (name) => filesIn(path.join(folder, name)) }
}

function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
  } catch {
    return []
  }
}

const isDownload = ({ method, path: key }: SeenRequest) => method === 'GET' && key.includes('/blobs/')
const breakWhen = (isMeant: (request: SeenRequest) => boolean, fault: Fault, times = Number.POSITIVE_INFINITY) => {
  let left = times
  server.fault = (request) => (isMeant(request) && left-- > 0 ? fault : null)
}

let serial = 0
/** Content that no other test has stored. */
const fresh = (bytes = 1000) => Buffer.alloc(bytes, `content ${++serial} `)

describe('two machines and one bucket', () => {
  test('what one stores the other reads, and a second copy travels only once', async () => {
    const content = fresh()
    const one = await openMachine()
    const { sha256 } = await one.storage.putBlob(content)
    const two = await openMachine()
    const files = await Promise.all([1, 2, 3].map(() => two.storage.localBlob(sha256)))
    expect(readFileSync(files[0] ?? '')).toEqual(content)
    expect(server.seen.filter(isDownload)).toHaveLength(1)
    expect(two.files('blob-cache')).toEqual([sha256])
    // The one who stored it has it already.
    await one.storage.localBlob(sha256)
    expect(server.seen.filter(isDownload)).toHaveLength(1)
  })

  test('objects lie under the prefix, named by their hash, sent with checksum and condition', async () => {
    const content = fresh()
    const { storage } = await openMachine({ S3_PREFIX: 'team/crema' })
    const { sha256 } = await storage.putBlob(content)
    expect(server.keys()).toContain(`team/crema/blobs/${sha256.slice(0, 2)}/${sha256}`)
    const put = server.seen.find(({ method }) => method === 'PUT')
    expect(put?.headers['x-amz-checksum-sha256']).toBe(createHash('sha256').update(content).digest('base64'))
    expect(put?.headers['if-none-match']).toBe('*')
  })

  test('content that is there already is not sent again', async () => {
    const content = fresh()
    await (await openMachine()).storage.putBlob(content)
    const sent = () => server.seen.filter(({ method }) => method === 'PUT').length
    const before = sent()
    await (await openMachine()).storage.putBlob(content)
    expect(sent()).toBe(before)
  })

  test('a name that was taken between the look and the write is no error', async () => {
    const content = fresh()
    const { storage } = await openMachine()
    breakWhen(({ method }) => method === 'PUT', { kind: 'answer', status: 412, code: 'PreconditionFailed' }, 1)
    await expect(storage.putBlob(content)).resolves.toMatchObject({ bytes: 1000 })
  })

  test('a service without conditions is written to without', async () => {
    const content = fresh()
    const { storage } = await openMachine()
    breakWhen(({ headers }) => headers['if-none-match'] === '*', { kind: 'answer', status: 501, code: 'NotImplemented' })
    const { sha256 } = await storage.putBlob(content)
    expect(await storage.readBlob(sha256)).toEqual(content)
  })
})

describe('what goes wrong on the way down', () => {
  async function stored(content: Buffer) {
    const { sha256 } = await (await openMachine()).storage.putBlob(content)
    const machine = await openMachine()
    expect(await machine.storage.hasBlob(sha256)).toBe(true)
    return { sha256, ...machine }
  }

  test('a line that is cut once is tried again', async () => {
    const { sha256, storage } = await stored(fresh(3 * MIB))
    breakWhen(isDownload, { kind: 'cut-answer', afterBytes: 4000 }, 1)
    expect(sha(readFileSync(await storage.localBlob(sha256)))).toBe(sha256)
  })

  test('a line that is cut in the middle every time ends in words, and no part of the file stays', async () => {
    const { sha256, storage, files } = await stored(fresh(3 * MIB))
    // The first piece arrives, the second never does.
    breakWhen((one) => isDownload(one) && !String(one.headers.range).startsWith('bytes=0-'), { kind: 'cut-answer', afterBytes: 4000 })
    await expect(storage.localBlob(sha256)).rejects.toMatchObject({ code: 'unavailable' })
    expect([files('blob-cache'), files('tmp')]).toEqual([[], []])
    await expect(storage.readBlob(sha256)).rejects.toMatchObject({ code: 'unavailable' })
    server.fault = () => null
    expect(sha(readFileSync(await storage.localBlob(sha256)))).toBe(sha256)
  })

  test('wrong bytes are refused and not kept', async () => {
    const { sha256, storage, files } = await stored(Buffer.from(`abc ${++serial}`))
    breakWhen(isDownload, { kind: 'wrong-bytes' })
    await expect(storage.localBlob(sha256)).rejects.toMatchObject({ code: 'unavailable' })
    expect([files('blob-cache'), files('tmp')]).toEqual([[], []])
  })

  test('a server that is busy is asked a few times, not for ever', async () => {
    const { sha256, storage } = await stored(fresh())
    breakWhen(isDownload, { kind: 'answer', status: 503, code: 'SlowDown' })
    await expect(storage.readBlob(sha256)).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.seen.filter(isDownload)).toHaveLength(4)
  })

  test('a redirect is not followed', async () => {
    let visits = 0
    const elsewhere = http.createServer((_request, response) => {
      visits++
      response.end('secret')
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    const { port } = elsewhere.address() as AddressInfo
    const { sha256, storage } = await stored(fresh())
    const headers = { location: `http://127.0.0.1:${port}/x` }
    breakWhen(isDownload, { kind: 'answer', status: 307, code: 'TemporaryRedirect', headers })
    await expect(storage.readBlob(sha256)).rejects.toMatchObject({ code: 'bad_setting' })
    expect(visits).toBe(0)
    await new Promise((resolve) => elsewhere.close(resolve))
  })
})

describe('what goes wrong on the way up', () => {
  const isUpload = ({ method }: SeenRequest) => method === 'PUT'

  test('an upload that is cut names nothing and leaves nothing', async () => {
    const content = fresh()
    const { storage, files } = await openMachine()
    const before = server.keys()
    breakWhen(isUpload, { kind: 'cut-request' })
    await expect(storage.putBlob(content)).rejects.toMatchObject({ code: 'unavailable' })
    expect([server.keys(), files('tmp'), files('blob-cache')]).toEqual([before, [], []])
    expect(await storage.hasBlob(sha(content))).toBe(false)
    server.fault = () => null
    await storage.putBlob(content)
    expect(await storage.readBlob(sha(content))).toEqual(content)
  })

  test('an upload in parts that is cut is taken back; where even that fails it still has no name', async () => {
    const content = fresh(17 * MIB)
    const { storage } = await openMachine()
    const before = server.keys()
    const isLater = ({ method, query }: SeenRequest) => method === 'PUT' && query.get('partNumber') === '2'
    breakWhen(isLater, { kind: 'cut-request' })
    await expect(storage.putBlob(content)).rejects.toMatchObject({ code: 'unavailable' })
    expect([server.keys(), server.openUploads()]).toEqual([before, []])
    breakWhen((one) => isLater(one) || one.method === 'DELETE', { kind: 'cut-request' })
    await expect(storage.putBlob(content)).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.keys()).toEqual(before)
    expect(await storage.hasBlob(sha(content))).toBe(false)
  })

  test('a bucket that is full says so', async () => {
    const { storage } = await openMachine()
    breakWhen(isUpload, { kind: 'answer', status: 507, code: 'XMinioStorageFull' })
    await expect(storage.putBlob(fresh())).rejects.toMatchObject({
      code: 'storage_full',
      message: expect.stringContaining('takes no more'),
    })
  })

  test('a wrong secret is refused by the server and named', async () => {
    const { storage } = await openMachine({ S3_SECRET_ACCESS_KEY: 'wrong' })
    const refusal = { code: 'bad_setting', message: expect.stringContaining('S3_SECRET_ACCESS_KEY') }
    await expect(storage.putBlob(fresh())).rejects.toMatchObject(refusal)
    await expect(storage.checkStorage()).rejects.toMatchObject(refusal)
  })

  test('a bucket that is not there is named', async () => {
    const { storage } = await openMachine({ S3_BUCKET: 'another' })
    const refusal = { code: 'bad_setting', message: expect.stringContaining('no bucket “another”') }
    await expect(storage.checkStorage()).rejects.toMatchObject(refusal)
    await expect(storage.putBlob(fresh())).rejects.toMatchObject(refusal)
  })

  test('a server that is not there ends in words', async () => {
    const { storage } = await openMachine({ S3_ENDPOINT: 'http://127.0.0.1:9' })
    await expect(storage.hasBlob('a'.repeat(64))).rejects.toMatchObject({ code: 'unavailable' })
    await expect(storage.checkStorage()).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('signed links', () => {
  const options = { contentType: 'video/mp4', cacheControl: 'private, no-cache', disposition: 'attachment; filename="a.mp4"' }

  test('are given only where the settings say so', async () => {
    const { storage } = await openMachine()
    const { sha256 } = await storage.putBlob(fresh())
    expect(await storage.linkToBlob(sha256, options)).toBeNull()
  })

  test('let a stranger read that one object by ranges, under our type and name, and nothing else', async () => {
    const content = fresh()
    const { storage } = await openMachine({ S3_PRESIGN: 'on' })
    const { sha256 } = await storage.putBlob(content)
    const link = await storage.linkToBlob(sha256, options)
    expect(await storage.linkToBlob(sha256, options)).toBe(link)
    const answer = await fetch(link ?? '', { headers: { range: 'bytes=10-19' } })
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(content.subarray(10, 20))
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
      206,
      'video/mp4',
      'attachment; filename="a.mp4"',
    ])
    const other = (link ?? '').replace(sha256, 'b'.repeat(64))
    expect((await fetch(other)).status).toBe(403)
    expect((await fetch((link ?? '').replace('video%2Fmp4', 'text%2Fhtml'))).status).toBe(403)
  })
})
