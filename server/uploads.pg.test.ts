import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DELETE, HEAD, OPTIONS, PATCH, POST } from '@/app/api/uploads/[[...path]]/route'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { HOSTILE_FILES } from '@/e2e/fixtures/hostile'
import { db } from './db'
import { env } from './env'
import { stopMedia } from './media/media-client'
import { addMember, headersOf, makeProject, makeUser } from './people-for-tests'
import type { Viewer } from './session'
import { readBlob } from './storage'
import { getUpload } from './uploads'

const BASE = 'http://127.0.0.1:3000/api/uploads'
let project = { id: '', slug: '' }
let curator: Viewer
let reviewer: Viewer
let other: Viewer

beforeAll(async () => {
  project = await makeProject('uploads')
  ;[curator, reviewer, other] = await Promise.all([makeUser('Cora'), makeUser('Rita'), makeUser('Otto')])
  await addMember(project.id, curator, 'curator')
  await addMember(project.id, reviewer, 'reviewer')
  await addMember(project.id, other, 'curator')
})
afterAll(() => stopMedia())

const clip = () => readFileSync(clipPath(clipSpec('cfr-25')))
const ROUTES = { POST, PATCH, HEAD, DELETE, OPTIONS }

async function send(
  method: keyof typeof ROUTES,
  url: string,
  { viewer = curator, headers = {}, body }: { viewer?: Viewer | null; headers?: Record<string, string>; body?: Buffer } = {},
) {
  const request = new Request(url, {
    method,
    headers: await headersOf(viewer, { 'tus-resumable': '1.0.0', ...headers }),
    body: body === undefined ? null : new Uint8Array(body),
  })
  return ROUTES[method](request, { params: Promise.resolve({}) })
}

const encode = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',')

async function create(
  bytes: number,
  { viewer, ...metadata }: { viewer?: Viewer | null; projectId?: string; name?: string; purpose?: string; userId?: string } = {},
) {
  const all = { projectId: project.id, name: 'Ünï/clip "1".mp4', purpose: 'video', ...metadata }
  return send('POST', BASE, {
    ...(viewer === undefined ? {} : { viewer }),
    headers: { 'upload-length': String(bytes), 'upload-metadata': encode(all) },
  })
}

const addressOf = (response: Response) => `http://127.0.0.1:3000${response.headers.get('location')}`
const patch = (url: string, offset: number, body: Buffer, viewer = curator) =>
  send('PATCH', url, { viewer, body, headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' } })
const offsetAt = async (url: string, viewer = curator) => Number((await send('HEAD', url, { viewer })).headers.get('upload-offset'))
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code
const parts = () => readdirSync(path.join(env.dataDir, 'uploads'))

test('a video sent in pieces becomes a blob, an upload and a video waiting to be read', async () => {
  const content = clip()
  const created = await create(content.length)
  expect(created.status).toBe(201)
  expect(created.headers.get('location')).toMatch(/^\/api\/uploads\/[0-9a-f]{32}$/)
  expect(created.headers.get('access-control-allow-origin')).toBeNull()
  const url = addressOf(created)
  for (let at = 0; at < content.length; at += 3000) {
    const answer = await patch(url, at, content.subarray(at, at + 3000))
    expect([answer.status, answer.headers.get('upload-offset')]).toEqual([204, String(Math.min(content.length, at + 3000))])
  }
  const id = url.split('/').at(-1) ?? ''
  const upload = await getUpload(project.id, id)
  expect(upload).toMatchObject({ name: 'Ünï/clip "1".mp4', purpose: 'video', userId: curator.userId, bytes: BigInt(content.length) })
  expect(await readBlob(upload.sha256)).toEqual(content)
  expect(await db.video.findUniqueOrThrow({ where: { id: upload.videoId ?? '' } })).toMatchObject({
    projectId: project.id,
    state: 'waiting',
    sha256: upload.sha256,
  })
  expect(await db.auditEvent.count({ where: { scope: project.id, action: 'upload-file', subject: id } })).toBe(1)
  expect(parts()).toEqual([])
  // The answer to the last piece was lost: asking for the offset still says "complete".
  expect(await offsetAt(url)).toBe(content.length)
  await expect(getUpload((await makeProject('elsewhere')).id, id)).rejects.toMatchObject({ code: 'not_found' })
})

test('a wrong offset is 409 and changes nothing; the upload resumes where the server says', async () => {
  const content = clip()
  const url = addressOf(await create(content.length))
  await patch(url, 0, content.subarray(0, 1000))
  for (const wrong of [0, 999, 1001, 5000]) expect((await patch(url, wrong, content.subarray(wrong, wrong + 500))).status).toBe(409)
  expect(await offsetAt(url)).toBe(1000)
  expect((await patch(url, 1000, content.subarray(1000))).status).toBe(204)
  expect(await readBlob((await getUpload(project.id, url.split('/').at(-1) ?? '')).sha256)).toEqual(content)
})

test('stills and annotations are taken by their content', async () => {
  const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const json = Buffer.from('\n [{"a": 1}]')
  for (const [purpose, content] of [
    ['still', png],
    ['annotations', json],
  ] as const) {
    const url = addressOf(await create(content.length, { purpose, name: 'x' }))
    expect((await patch(url, 0, content)).status).toBe(204)
    expect(await getUpload(project.id, url.split('/').at(-1) ?? '')).toMatchObject({ purpose, videoId: null })
  }
})

test('what is not what it claims to be is refused with a code and leaves nothing', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
  const cases: [string, Buffer, string][] = [
    ['still', svg, 'unsupported_media'],
    ['still', clip(), 'unsupported_media'],
    ['annotations', clip(), 'bad_file'],
    ['annotations', Buffer.from('<html>'), 'bad_file'],
    ...HOSTILE_FILES.slice(1, 8).map(({ bytes, code }): [string, Buffer, string] => ['video', bytes(), code]),
  ]
  const before = await db.upload.count()
  for (const [purpose, content, code] of cases) {
    const url = addressOf(await create(content.length, { purpose }))
    const answer = await patch(url, 0, content)
    expect(await codeOf(answer)).toBe(code)
    expect((await send('HEAD', url)).status).toBe(404)
  }
  expect(await db.upload.count()).toBe(before)
  expect(parts()).toEqual([])
})

test('an empty file is refused at once', async () => {
  expect(await codeOf(await create(0))).toBe('corrupt_media')
})

test('who may: curators of the project, their own uploads only', async () => {
  expect((await create(10, { viewer: null })).status).toBe(401)
  expect(await codeOf(await create(10, { viewer: reviewer }))).toBe('forbidden')
  expect(await codeOf(await create(10, { viewer: await makeUser('Nobody') }))).toBe('not_found')
  const url = addressOf(await create(10, { userId: other.userId }))
  expect((await patch(url, 0, Buffer.alloc(5), other)).status).toBe(404)
  expect((await send('HEAD', url, { viewer: other })).status).toBe(404)
  expect((await send('DELETE', url, { viewer: other })).status).toBe(404)
  expect(await offsetAt(url)).toBe(0)
  expect((await send('DELETE', url)).status).toBe(204)
  expect((await send('HEAD', url)).status).toBe(404)
})

test('rights taken away in the middle count at once', async () => {
  const leaver = await makeUser('Lea')
  await addMember(project.id, leaver, 'curator')
  const url = addressOf(await create(100, { viewer: leaver }))
  await db.membership.delete({ where: { projectId_userId: { projectId: project.id, userId: leaver.userId } } })
  expect((await patch(url, 0, Buffer.alloc(100), leaver)).status).toBe(404)
})

test('another site cannot upload, bad metadata and too large files are refused', async () => {
  const foreign = await send('POST', BASE, { headers: { 'upload-length': '1', origin: 'https://evil.example' } })
  expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'wrong_origin'])
  for (const metadata of [{ projectId: 'x' }, { purpose: 'program' }, { name: '' }, { name: 'a'.repeat(1025) }]) {
    expect(await codeOf(await create(1, metadata))).toBe('invalid_input')
  }
  expect((await create(env.maxUploadBytes + 1)).status).toBe(413)
  for (const id of ['..%2f..%2fetc%2fpasswd', '..', 'x'.repeat(32)]) {
    expect((await patch(`${BASE}/${id}`, 0, Buffer.from('x'))).status).toBe(404)
  }
})

test('a complete part whose last step was lost is finished when the client asks', async () => {
  const content = clip()
  const url = addressOf(await create(content.length))
  const id = url.split('/').at(-1) ?? ''
  // As after a crash between the last byte and the bookkeeping.
  writeFileSync(path.join(env.dataDir, 'uploads', id), content)
  expect(await offsetAt(url)).toBe(content.length)
  expect((await getUpload(project.id, id)).videoId).not.toBeNull()
})

test('abandoned parts are gone for the client once they expire', async () => {
  const url = addressOf(await create(1000))
  const id = url.split('/').at(-1) ?? ''
  const facts = path.join(env.dataDir, 'uploads', `${id}.json`)
  const stored = JSON.parse(readFileSync(facts, 'utf8')) as Record<string, unknown>
  writeFileSync(facts, JSON.stringify({ ...stored, creation_date: new Date(Date.now() - 30 * 24 * 3600 * 1000).toISOString() }))
  utimesSync(facts, new Date(0), new Date(0))
  expect([404, 410]).toContain((await patch(url, 0, Buffer.alloc(10))).status)
})
