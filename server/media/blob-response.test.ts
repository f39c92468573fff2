import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type S3Server, startS3Server } from '@/e2e/s3-server'

const CONTENT = Buffer.from(Array.from({ length: 3 * 1024 ** 2 + 7 }, (_, i) => (i * 31) % 251))
const SHA = createHash('sha256').update(CONTENT).digest('hex')
const TAG = `"${SHA}"`
const SIZE = CONTENT.length

type Place = 'a folder' | 'a bucket, through us' | 'a bucket, by links'

async function openPlace(place: Place, folder: string) {
  const bucket = place === 'a folder' ? undefined : await startS3Server()
  const settings = { CREMA_DATA: folder, S3_PRESIGN: place === 'a bucket, by links' ? 'on' : 'off', ...bucket?.environment }
  vi.resetModules()
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  const { putBlob } = await import('@/server/storage')
  await putBlob(CONTENT)
  const { blobResponse } = await import('./blob-response')
  return { bucket, blobResponse }
}

describe.each<Place>(['a folder', 'a bucket, through us', 'a bucket, by links'])('a blob of %s as an answer', (place) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'crema-answer-'))
  let bucket: S3Server | undefined
  let blobResponse: typeof import('./blob-response').blobResponse

  beforeAll(async () => {
    const opened = await openPlace(place, folder)
    bucket = opened.bucket
    blobResponse = opened.blobResponse
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await bucket?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const isLinked = place === 'a bucket, by links'
  const ask = (headers: Record<string, string> = {}, method = 'GET', sha256 = SHA) =>
    blobResponse(new Request('http://127.0.0.1:3000/x', { headers, method }), { sha256, contentType: 'video/mp4', caching: 'revalidate' })

  /** As a browser does: follows the link and asks the same there. */
  async function fetched(headers: Record<string, string> = {}): Promise<Response> {
    const answer = await ask(headers)
    return answer.status === 302 ? fetch(answer.headers.get('location') ?? '', { headers }) : answer
  }

  test('whole', async () => {
    const answer = await fetched()
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-length')]).toEqual([
      200,
      'video/mp4',
      String(SIZE),
    ])
    expect(Buffer.from(await answer.arrayBuffer()).equals(CONTENT)).toBe(true)
  })

  test.each([
    ['bytes=0-99', 0, 99],
    ['bytes=1048570-1048590', 1048570, 1048590],
    [`bytes=${SIZE - 5}-`, SIZE - 5, SIZE - 1],
    ['bytes=100-99999999', 100, SIZE - 1],
  ])('the part %s', async (range, start, end) => {
    const answer = await fetched({ range })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${start}-${end}/${SIZE}`])
    expect(Buffer.from(await answer.arrayBuffer()).equals(CONTENT.subarray(start, end + 1))).toBe(true)
  })

  test('a part behind the end is 416 with the size', async () => {
    const answer = await ask({ range: `bytes=${SIZE}-` })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, `bytes */${SIZE}`])
  })

  test('what the browser has already is 304, and its head is told by us', async () => {
    expect((await ask({ 'if-none-match': TAG })).status).toBe(304)
    const head = await ask({}, 'HEAD')
    expect([head.status, head.headers.get('etag'), head.headers.get('content-length')]).toEqual([200, TAG, String(SIZE)])
    expect(head.body).toBeNull()
  })

  test('a part of an older state is not sent as a part', async () => {
    const answer = await ask({ range: 'bytes=0-1', 'if-range': '"old"' })
    expect(answer.status).toBe(isLinked ? 302 : 200)
    await answer.body?.cancel()
  })

  test('what is missing is not found', async () => {
    await expect(ask({}, 'GET', 'c'.repeat(64))).rejects.toMatchObject({ code: 'not_found' })
  })

  test.runIf(isLinked)('the link may be kept for less than it is good for, and carries nothing of ours', async () => {
    const answer = await ask()
    expect([answer.status, answer.headers.get('cache-control'), await answer.text()]).toEqual([302, 'private, max-age=300', ''])
    const link = new URL(answer.headers.get('location') ?? '')
    expect(link.origin).toBe(bucket?.url)
    expect(Number(link.searchParams.get('X-Amz-Expires'))).toBe(1800)
  })

  test('a script gets its bytes from us, because a bucket gives it none', async () => {
    const answer = await ask({ range: 'bytes=5-9', 'sec-fetch-dest': 'empty' })
    expect(answer.status).toBe(206)
    expect(Buffer.from(await answer.arrayBuffer()).equals(CONTENT.subarray(5, 10))).toBe(true)
  })

  test.runIf(!isLinked)('a reader who leaves early stops the reading', async () => {
    const reader = (await ask()).body?.getReader()
    expect((await reader?.read())?.done).toBe(false)
    const asked = bucket?.seen.length
    await reader?.cancel()
    expect(bucket?.seen.length).toBe(asked)
  })
})
