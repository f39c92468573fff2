import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as getFile, HEAD as headFile } from '@/app/api/projects/[projectId]/videos/[videoId]/file/route'
import { GET as getFrames } from '@/app/api/projects/[projectId]/videos/[videoId]/frames/route'
import { GET as getPoster } from '@/app/api/projects/[projectId]/videos/[videoId]/poster/route'
import { GET as getSprite } from '@/app/api/projects/[projectId]/videos/[videoId]/sprite/route'
import { GET as getStill } from '@/app/api/projects/[projectId]/videos/[videoId]/stills/[index]/route'
import { frameTableSchema } from '@/core/frame-table'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { readCounter } from '@/e2e/fixtures/counter'
import { HOSTILE_FILES, writeHostile } from '@/e2e/fixtures/hostile'
import { db } from '@/server/db'
import { env } from '@/server/env'
import { addMember, headersOf, makeProject, makeUser } from '@/server/people-for-tests'
import type { Viewer } from '@/server/session'
import { blobBytes, hasBlob, localBlob, removeBlob } from '@/server/storage'
import { run as prepareStills } from '@/worker/prepare-stills'
import { run as probeVideo } from '@/worker/probe-video'
import { ensureStills } from './ensure-stills'
import { getFrameTable } from './frame-tables'
import { stopMedia } from './media-client'
import { registerVideo } from './register-video'

const folder = mkdtempSync(path.join(tmpdir(), 'crema-videos-'))
let project = { id: '', slug: '' }
let member: Viewer
let stranger: Viewer
const blobCount = () =>
  readdirSync(path.join(env.dataDir, 'blobs'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
const NEVER = new AbortController().signal

beforeAll(async () => {
  project = await makeProject('media')
  member = await makeUser('Mia')
  stranger = await makeUser('Sven')
  await addMember(project.id, member, 'viewer')
})
afterAll(() => {
  stopMedia()
  rmSync(folder, { recursive: true, force: true })
})

const clip = (name: string) => clipPath(clipSpec(name))
const register = (name: string, probe: 'now' | 'job' = 'now') =>
  registerVideo({ projectId: project.id, path: clip(name), name: `folder/${name}` }, { probe })
const counterIn = async (image: Buffer) => {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true })
  return readCounter({ width: info.width, height: info.height, rgb: data })
}

describe('registering', () => {
  test('a clip becomes one row with facts, frame table, poster and sprite, however often it is registered', async () => {
    const video = await register('vfr')
    expect(video).toMatchObject({
      state: 'done',
      codec: 'h264',
      mediaType: 'video/mp4',
      width: 160,
      height: 120,
      frameCount: 60,
      isVfr: true,
      proxySha256: null,
      name: 'folder/vfr',
    })
    expect(Number(video.bytes)).toBe(await blobBytes(video.sha256))
    expect((await getFrameTable(video.sha256)).pts).toHaveLength(60)
    for (const sha256 of [video.posterSha256, video.spriteSha256]) expect(sha256 !== null && (await hasBlob(sha256))).toBe(true)
    const again = await Promise.all([register('vfr'), register('vfr', 'job')])
    expect(again.map((row) => row.id)).toEqual([video.id, video.id])
    expect(await db.video.count({ where: { projectId: project.id, sha256: video.sha256 } })).toBe(1)
  })

  test('the same content in another project takes over what is known', async () => {
    const other = await makeProject('other')
    const first = await register('vfr')
    const video = await registerVideo({ projectId: other.id, path: clip('vfr'), name: 'x' }, { probe: 'now' })
    expect(video.id).not.toBe(first.id)
    expect(video).toMatchObject({ frameTableSha256: first.frameTableSha256, spriteSha256: first.spriteSha256, sprite: first.sprite })
  })

  test('what browsers do not play gets a copy that they do', async () => {
    const video = await register('hevc')
    expect(video.proxySha256).not.toBeNull()
  })

  test.each(HOSTILE_FILES.slice(0, 20).map((file) => [file.name, file] as const))('%s leaves neither row nor blob', async (_name, file) => {
    const before = blobCount()
    const source = writeHostile(folder, file)
    await expect(registerVideo({ projectId: project.id, path: source, name: file.name }, { probe: 'now' })).rejects.toMatchObject({
      code: file.code,
    })
    expect(blobCount()).toBe(before)
    expect(await db.video.count({ where: { name: file.name } })).toBe(0)
  })

  test('names are data: control characters go, nothing is opened by them', async () => {
    const video = await registerVideo(
      { projectId: project.id, path: clip('cfr-30'), name: '../../etc/pass\u0000wd\n<b>' },
      { probe: 'now' },
    )
    expect(video.name).toBe('../../etc/pass wd <b>')
  })
})

describe('jobs', () => {
  test('a queued video is read by the worker; doing it twice changes nothing', async () => {
    const waiting = await register('mkv-late', 'job')
    expect(waiting.state).toBe('waiting')
    await probeVideo(waiting.id, NEVER)
    const done = await db.video.findUniqueOrThrow({ where: { id: waiting.id } })
    expect(done).toMatchObject({ state: 'done', frameCount: 50, errorCode: null })
    await probeVideo(waiting.id, NEVER)
    expect(await db.video.findUniqueOrThrow({ where: { id: waiting.id } })).toEqual(done)
  })

  test('a broken file ends as a failed row with a code; a good file of the same name works afterwards', async () => {
    const source = path.join(folder, 'broken.mp4')
    const broken = HOSTILE_FILES.find((file) => file.name === 'no-pictures.mp4')
    writeFileSync(source, broken?.bytes() ?? '')
    const row = await registerVideo({ projectId: project.id, path: source, name: 'broken.mp4' }, { probe: 'job' })
    await probeVideo(row.id, NEVER)
    expect(await db.video.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({ state: 'failed', errorCode: 'corrupt_media' })
    copyFileSync(clip('cfr-23.976'), source)
    expect((await registerVideo({ projectId: project.id, path: source, name: 'broken.mp4' }, { probe: 'now' })).state).toBe('done')
  })

  test('an aborted reading throws, so that the queue tries again', async () => {
    const row = await register('ts-mpeg2', 'job')
    await expect(probeVideo(row.id, AbortSignal.abort())).rejects.toMatchObject({ code: 'unavailable' })
    expect((await db.video.findUniqueOrThrow({ where: { id: row.id } })).state).toBe('running')
    await probeVideo(row.id, NEVER)
    expect((await db.video.findUniqueOrThrow({ where: { id: row.id } })).state).toBe('done')
  })

  test('stills of all core frames of all samples of a video are prepared', async () => {
    const video = await register('open-gop')
    for (const [n, indices] of [
      [1, [3, 40]],
      [2, [40, 71, 500]],
    ] as const) {
      const frames = indices.map((index, i) => [`f${i}`, coreFrame(`f${i}`, index)])
      const sample = { projectId: project.id, videoId: video.id, externalId: `s${n}`, sourceHash: 'x', question: 'q' }
      const draft = Object.fromEntries([...frames, ...basics()])
      await db.sample.create({ data: { ...sample, body: { create: { draft, document: draft } } } })
    }
    await prepareStills(video.id, NEVER)
    const rows = await db.still.findMany({ where: { videoSha256: video.sha256 }, orderBy: { frameIndex: 'asc' } })
    expect(rows.map((row) => row.frameIndex)).toEqual([3, 40, 71])
  })
})

describe('stills', () => {
  test('many callers who want the same frames share the work and get the same rows', async () => {
    const { sha256 } = await register('b-frames')
    const all = await Promise.all([ensureStills(sha256, [5, 60, 5]), ensureStills(sha256, [60]), ensureStills(sha256, [60, 5, 0])])
    expect(all.map((rows) => rows.map((row) => row.frameIndex))).toEqual([[5, 60], [60], [60, 5, 0]])
    expect(await db.still.count({ where: { videoSha256: sha256 } })).toBe(3)
    const [row] = await ensureStills(sha256, [60])
    expect(row).toMatchObject({ width: 160, height: 120, bytes: await blobBytes(row?.sha256 ?? '') })
    expect(await counterIn(await sharp(await localBlob(row?.sha256 ?? '')).toBuffer())).toBe(60)
  })

  test('a still whose file was lost is made again, with the same bytes', async () => {
    const { sha256 } = await register('b-frames')
    const [row] = await ensureStills(sha256, [33])
    await removeBlob(row?.sha256 ?? '')
    const [again] = await ensureStills(sha256, [33])
    expect([again?.sha256, again?.pixelSha256]).toEqual([row?.sha256, row?.pixelSha256])
    expect(await hasBlob(row?.sha256 ?? '')).toBe(true)
  })

  test('frames that do not exist are refused and do not spoil others', async () => {
    const { sha256 } = await register('b-frames')
    await expect(ensureStills(sha256, [70])).rejects.toMatchObject({ code: 'frame_out_of_range', details: { index: 70, count: 70 } })
    await expect(ensureStills('0'.repeat(64), [0])).rejects.toMatchObject({ code: 'not_found' })
    expect(await ensureStills(sha256, [69])).toHaveLength(1)
  })
})

describe('routes', () => {
  const call = async (
    route: (request: Request, context: { params: Promise<{ projectId: string; videoId: string; index: string }> }) => Promise<Response>,
    videoId: string,
    {
      viewer = member,
      headers = {},
      query = '',
      index = '0',
      method = 'GET',
      projectId = project.id,
    }: {
      viewer?: Viewer | null
      headers?: Record<string, string>
      query?: string
      index?: string
      method?: string
      projectId?: string
    } = {},
  ) =>
    route(new Request(`http://127.0.0.1:3000/x${query}`, { method, headers: await headersOf(viewer, headers) }), {
      params: Promise.resolve({ projectId, videoId, index }),
    })

  test('the file: whole, in parts, conditional, and its head', async () => {
    const { id, sha256 } = await register('cfr-25')
    const bytes = readFileSync(await localBlob(sha256))
    const whole = await call(getFile, id)
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('etag')]).toEqual([200, 'video/mp4', `"${sha256}"`])
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    expect(whole.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes)
    const part = await call(getFile, id, { headers: { range: 'bytes=-100' } })
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
      206,
      `bytes ${bytes.length - 100}-${bytes.length - 1}/${bytes.length}`,
      '100',
    ])
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(-100))
    const behind = await call(getFile, id, { headers: { range: `bytes=${bytes.length}-` } })
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`])
    expect((await call(getFile, id, { headers: { 'if-none-match': `"${sha256}"` } })).status).toBe(304)
    expect((await call(getFile, id, { headers: { range: 'bytes=0-1', 'if-range': '"old"' } })).status).toBe(200)
    expect((await call(getFile, id, { headers: { range: 'bytes=0-1', 'if-range': `"${sha256}"` } })).status).toBe(206)
    const head = await call(headFile, id, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(bytes.length), ''])
  })

  test('a copy is preferred for playing, the original is there on request', async () => {
    const { id, sha256, proxySha256 } = await register('hevc')
    expect((await call(getFile, id)).headers.get('etag')).toBe(`"${proxySha256}"`)
    expect((await call(getFile, id, { query: '?original=1' })).headers.get('etag')).toBe(`"${sha256}"`)
  })

  test('a reader who leaves early closes the file', async () => {
    const { id } = await register('cfr-59.94')
    const response = await call(getFile, id)
    await response.body?.cancel()
    expect(response.status).toBe(200)
  })

  test('the still of an index shows that frame and may be kept for ever', async () => {
    const { id } = await register('edit-two')
    for (const [index, counter] of [
      [0, 0],
      [20, 30],
      [39, 49],
    ] as const) {
      const response = await call(getStill, id, { index: String(index) })
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
        200,
        'image/jpeg',
        'private, max-age=31536000, immutable',
      ])
      expect(await counterIn(Buffer.from(await response.arrayBuffer()))).toBe(counter)
    }
    expect((await call(getStill, id, { index: '40' })).status).toBe(422)
    for (const index of ['-1', '1.5', 'x', '99999999999']) expect((await call(getStill, id, { index })).status).toBe(400)
  })

  test('frame table, poster and sprite', async () => {
    const { id } = await register('cfr-25')
    expect(frameTableSchema.parse(await (await call(getFrames, id)).json()).pts).toHaveLength(60)
    for (const route of [getPoster, getSprite]) expect((await call(route, id)).headers.get('content-type')).toBe('image/jpeg')
    const unread = await register('ts-h264', 'job')
    for (const route of [getFrames, getPoster, getSprite]) expect((await call(route, unread.id)).status).toBe(404)
  })

  test('nobody else: signed out 401, strangers and wrong projects 404', async () => {
    const { id } = await register('cfr-25')
    const other = await makeProject('third')
    for (const route of [getFile, getFrames, getPoster, getSprite, getStill]) {
      expect((await call(route, id, { viewer: null })).status).toBe(401)
      expect((await call(route, id, { viewer: stranger })).status).toBe(404)
      expect((await call(route, id, { projectId: other.id })).status).toBe(404)
      expect((await call(route, 'no-uuid')).status).toBe(404)
      expect((await call(route, '01890000-0000-7000-8000-000000000000')).status).toBe(404)
    }
  })
})

function coreFrame(id: string, index: number) {
  return {
    id,
    type: 'coreFrame',
    verdict: 'unseen',
    reasons: [],
    order: 0,
    index,
    pts: 0,
    caption: null,
    path: null,
    match: { method: 'stem', confidence: 1 },
    score: null,
    margin: null,
  }
}

function basics() {
  const common = { verdict: 'unseen', reasons: [] }
  return [
    ['question', { ...common, id: 'question', type: 'question', text: 'q' }],
    ['answer', { ...common, id: 'answer', type: 'answer', text: 'a', options: [], correctIndex: null, sufficiency: 'unseen' }],
    ['task', { ...common, id: 'task', type: 'task', task: null }],
  ] as const
}
