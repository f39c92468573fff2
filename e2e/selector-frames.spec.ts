/**
 * Invariant 1 in the browser: whatever the container and the codec, the frame that the selector scores is the frame that it names. Each
 * clip has its frame number burned in; it is served as the media route serves it, with the H.264 copy where browsers need one.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { build } from 'esbuild'
import sharp from 'sharp'
import { readStill } from '@/server/media/decode-stills'
import { inspectMedia, mediaLimits } from '@/server/media/inspect-media'
import { runMedia, stopMedia } from '@/server/media/media-client'
import type { MediaIndex } from '@/server/media/media-index'
import { needsProxy } from '@/server/media/needs-proxy'
import { CLIP_SPECS, type ClipSpec } from './fixtures/clip-specs'
import { clipPath, clipSpec, countersOf } from './fixtures/clips'
import type { ClipAnswer, ClipRequest } from './selector-frames-page'

type Served = { readonly index: MediaIndex; readonly original: string; readonly played: string; readonly tag: string }

const folder = mkdtempSync(path.join(tmpdir(), 'crema-frames-'))
const served = new Map<string, Served>()
/** Requests for parts of a file and for stills. */
const asked: string[] = []
let server: http.Server
let page: Page

const shaOf = (spec: ClipSpec) => Buffer.from(spec.name).toString('hex').padEnd(64, '0').slice(0, 64)

async function serve(spec: ClipSpec): Promise<Served> {
  const known = served.get(spec.name)
  if (known !== undefined) return known
  const original = clipPath(spec)
  const { index } = await inspectMedia(original)
  const isCopied = needsProxy(index)
  const played = isCopied ? path.join(folder, `${spec.name}.mp4`) : original
  const lastDuration = index.table.duration.at(-1) ?? 1
  if (isCopied) await runMedia({ op: 'proxy', path: original, demuxer: index.container, limits: mediaLimits(), out: played, lastDuration })
  const one = { index, original, played, tag: isCopied ? 'f'.repeat(64) : shaOf(spec) }
  served.set(spec.name, one)
  return one
}

async function answer(request: http.IncomingMessage, response: http.ServerResponse, bundle: string): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const [, name = '', what = '', place = ''] = /^\/api\/projects\/p\/videos\/([^/]+)\/(file|stills)\/?(\d*)$/.exec(url.pathname) ?? []
  const clip = served.get(decodeURIComponent(name))
  if (clip === undefined) {
    const isScript = url.pathname === '/page.js'
    response
      .writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
      .end(isScript ? bundle : '<script src="/page.js"></script>')
    return
  }
  asked.push(`${request.method} ${what}`)
  if (what === 'stills') {
    const { rgb, width, height } = await readStill(clip.original, Number(place))
    response.writeHead(200, { 'content-type': 'image/jpeg' }).end(
      await sharp(rgb, { raw: { width, height, channels: 3 } })
        .jpeg()
        .toBuffer(),
    )
    return
  }
  const bytes = readFileSync(clip.played)
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
  const [start, end] = [Number(from), to === '' ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1)]
  const headers = { etag: `"${clip.tag}"`, 'accept-ranges': 'bytes', 'content-type': 'video/mp4', 'content-length': end - start + 1 }
  response.writeHead(
    from === '' ? 200 : 206,
    from === '' ? headers : { ...headers, 'content-range': `bytes ${start}-${end}/${bytes.length}` },
  )
  response.end(request.method === 'HEAD' ? undefined : bytes.subarray(start, end + 1))
}

test.beforeAll(async ({ browser }) => {
  const entryPoints = [path.join(import.meta.dirname, 'selector-frames-page.ts')]
  const { outputFiles } = await build({ entryPoints, bundle: true, write: false, format: 'iife', target: 'chrome120', logLevel: 'error' })
  const bundle = outputFiles[0]?.text ?? ''
  server = http.createServer((request, response) => {
    answer(request, response, bundle).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
})
test.afterAll(async () => {
  await page.close()
  server.closeAllConnections()
  server.close()
  stopMedia()
  rmSync(folder, { recursive: true, force: true })
})

async function read(spec: ClipSpec, take: (count: number) => number[], stopAfter: number | null = null): Promise<ClipAnswer> {
  const { index } = await serve(spec)
  asked.length = 0
  const request: ClipRequest = {
    name: spec.name,
    sha256: shaOf(spec),
    table: index.table,
    indices: take(index.table.pts.length),
    stopAfter,
  }
  return page.evaluate((each) => window.readClip(each), request)
}
const every = (step: number) => (count: number) => Array.from({ length: Math.ceil(count / step) }, (_, at) => at * step)

for (const spec of CLIP_SPECS) {
  test(`${spec.name}: every picture is the frame that it is called`, async () => {
    const counters = countersOf(spec)
    for (const step of [1, 7]) {
      const answer = await read(spec, every(step))
      const indices = every(step)(counters.length)
      expect(answer.shown).toEqual(indices.map((index) => [index, counters[index], counters[index]]))
      expect(answer).toMatchObject({ decoded: indices.length, stills: 0, open: 0 })
      expect(asked).not.toContain('GET stills')
    }
  })
}

test('frames come as stills where the file is another than its table says', async () => {
  const spec = clipSpec('cfr-25')
  const { index } = await serve(spec)
  // A table of other times: no picture of the file is one of its frames, whatever it looks like.
  const table = { ...index.table, pts: index.table.pts.map((pts, at) => pts + (at === 0 ? 0 : 200)) }
  const request: ClipRequest = { name: spec.name, sha256: shaOf(spec), table, indices: [0, 10, 20], stopAfter: null }
  asked.length = 0
  const answer = await page.evaluate((each) => window.readClip(each), request)
  expect(answer.shown.map(([at, counter]) => [at, counter])).toEqual([
    [0, 0],
    [10, 10],
    [20, 20],
  ])
  expect(answer).toMatchObject({ decoded: 1, stills: 2, stillsBecause: expect.stringContaining('times'), open: 0 })
})

test('frames come as stills where the browser cannot decode the file', async () => {
  const spec = clipSpec('hevc')
  const known = await serve(spec)
  served.set(spec.name, { ...known, played: known.original, tag: shaOf(spec) })
  const answer = await read(spec, () => [0, 30, 59])
  served.set(spec.name, known)
  expect(answer.shown.map(([at, counter]) => [at, counter])).toEqual([
    [0, 0],
    [30, 30],
    [59, 59],
  ])
  expect(answer).toMatchObject({ decoded: 0, stills: 3, stillsBecause: expect.stringContaining('that it decodes') })
})

test('reading ends when it is called off, and nothing stays open', async () => {
  const answer = await read(clipSpec('cfr-59.94'), every(1), 5)
  expect(answer.shown).toHaveLength(5)
  expect(answer).toMatchObject({ stillsBecause: 'called off', open: 0 })
})
