/**
 * The same models give the same numbers, and the same frames are chosen, wherever they run: on the server, on the browser's processor,
 * on WebGPU (a software adapter, which computes what a card does, slowly). Embedded models as all tests have them; dual encoders with
 * weights by chance, because none is shipped: each as one graph, and as a file for each half.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, expect, type Page, test } from '@playwright/test'
import { bundlePage } from '@/bench/webgpu/bundle'
import { writeDualEncoder } from '@/bench/webgpu/dual-encoder-folder'
import { SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { listed } from '@/browser/selector/models-for-tests'
import { frameIndexSchema } from '@/core/ids'
import { planesOf } from '@/core/models/detector-io'
import { ensureBrowser } from '@/scripts/find-browser.mjs'
import { listRegisteredModels } from '@/server/models/registered-models'
import { openDetectorModel } from '@/worker/models/detector-model'
import { embeddedEmbedder } from '@/worker/models/embedded-embedder'
import { registerModel } from '@/worker/models/register-model'
import { registeredVerifier } from '@/worker/models/registered-verifier'
import { weightsForTests } from '@/worker/models/weights-for-tests'
import { planWithNames } from '@/worker/similar-names'
import { serveIsolated } from './isolated-server'
import { drawScenes } from './selector-parity/draw-scenes'
import { type Given, looksOf, materialOf, type Numbers, TEXTS } from './selector-parity/material'
import type { PageAnswer } from './selector-parity/page'
import { picks, QUESTIONS, type Scene, SIDE } from './selector-parity/scenes'

/** Of every number of a unit vector, and of every cosine. Seen: 2e-7, of the sentence encoder on WebGPU 8e-5. */
const TOLERANCE = 1e-3
const SOFTWARE = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--headless=new']
const VISION = [
  ['test/clip', { modelType: 'clip', resample: 3 }],
  ['test/siglip', { modelType: 'siglip', resample: 2 }],
  ['split/clip', { modelType: 'clip', resample: 3, isSplit: true }],
  ['split/siglip', { modelType: 'siglip', resample: 2, isSplit: true }],
] as const
const NAMING = 'Does the flamingo or the doggo chase the red car, the soccerball or the obelisk?'
const NAMES = VISION.map(([name]) => name)

const folder = mkdtempSync(path.join(tmpdir(), 'crema-parity-'))
/** Where the embedded models lie. */
let weights = ''
let scenes: Scene[] = []
let browser: Browser
let server: Awaited<ReturnType<typeof serveIsolated>>
const inPage = new Map<string, Promise<PageAnswer>>()

/** The models as the server lists them, each file by its sha256. */
async function listModels(): Promise<{ readonly list: Buffer; readonly files: ReadonlyMap<string, string> }> {
  const files = new Map<string, string>()
  const listedFrom = async (kind: 'detector' | 'encoder' | 'vision', name: string, home: string, names: readonly string[]) => {
    const contents = await Promise.all(names.map(async (file) => [file, await readFile(path.join(home, file))] as const))
    const model = { ...listed(kind, Object.fromEntries(contents)), name, isEmbedded: kind !== 'vision' }
    for (const { file, sha256 } of model.files) files.set(sha256, path.join(home, file))
    return model
  }
  const models = [
    await listedFrom('detector', 'ssd-coco', weights, ['ssd-coco.onnx']),
    await listedFrom('encoder', 'use-lite', weights, ['use-lite.onnx', 'use-lite.vocab.json']),
  ]
  for (const { name, files: parts } of await listRegisteredModels(folder)) {
    models.push(
      await listedFrom(
        'vision',
        name,
        path.join(folder, name),
        parts.map(({ file }) => file),
      ),
    )
  }
  return { list: Buffer.from(JSON.stringify({ models })), files }
}

async function openPage(): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(server.url)
  expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true)
  return page
}

/** Once for all tests. */
function byPage(wish: 'webgpu' | 'wasm'): Promise<PageAnswer> {
  const known = inPage.get(wish)
  if (known !== undefined) return known
  const answer = openPage().then((page) => page.evaluate(([on, names]) => window.lookAtScenes(on, names), [wish, NAMES] as const))
  inPage.set(wish, answer)
  return answer
}

async function byServer(): Promise<Omit<Given, 'vision'>> {
  const looks = looksOf(await (await openDetectorModel(weights)).look(scenes.map(planesOf)), scenes)
  const texts = await (await embeddedEmbedder(weights)).embed(TEXTS)
  return { looks, texts: texts.map((vector) => Array.from(vector)) }
}

/** What the worker says of whole pictures: it tells cosines, not vectors. */
async function agreements(name: string): Promise<number[][]> {
  const verifier = await registeredVerifier(name, folder)
  const frame = { index: frameIndexSchema.parse(0), pts: 0, timeSec: 0 }
  const whole = { x: 0, y: 0, w: SIDE, h: SIDE }
  const rows: number[][] = []
  for (const question of QUESTIONS) {
    const row: number[] = []
    for (const scene of scenes) {
      const rgb = Buffer.from(scene.filter((_, place) => place % 4 !== 3))
      const picture = { frame, width: SIDE, height: SIDE, rgb, jpeg: async () => Buffer.alloc(0) }
      const [check] = await verifier.verify(picture, [{ rect: whole, phrase: question }], [question])
      row.push(check?.agreement ?? Number.NaN)
    }
    rows.push(row)
  }
  return rows
}

const unit = (values: Numbers) => {
  const length = Math.hypot(...values)
  return values.map((value) => value / length)
}
/** Of two lists of vectors, brought to unit length: the largest difference of two numbers. NaN counts as endless. */
function difference(some: readonly Numbers[], others: readonly Numbers[]): number {
  expect(some.length).toBe(others.length)
  const all = some.flatMap((values, row) => {
    const other = unit(others[row] ?? [])
    return unit(values).map((value, at) => Math.abs(value - (other[at] ?? Number.NaN)))
  })
  return all.every((each) => each >= 0) ? Math.max(...all) : Number.POSITIVE_INFINITY
}

// A software adapter on a machine that others load too.
test.setTimeout(600_000)

test.beforeAll(async () => {
  const found = await weightsForTests()
  test.skip(found === null, 'The embedded models are not here, and cannot be fetched.')
  weights = found ?? ''
  scenes = await drawScenes()
  for (const [name, kind] of VISION) {
    await writeDualEncoder(path.join(folder, name), SMALL, kind)
    await registerModel(path.join(folder, name), folder)
  }
  await bundlePage(path.join(import.meta.dirname, 'selector-parity/page.ts'), folder)
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><script type="module" src="/page.mjs"></script>')
  const { list, files } = await listModels()
  server = await serveIsolated(folder, (pathname) => {
    if (pathname === '/api/models') return list
    const scene = scenes[Number(/^\/scenes\/(\d+)$/.exec(pathname)?.[1] ?? Number.NaN)]
    if (scene !== undefined) return Buffer.from(scene)
    return files.get(/^\/api\/models\/([0-9a-f]{64})$/.exec(pathname)?.[1] ?? '') ?? null
  })
  const args = process.getuid?.() === 0 ? [...SOFTWARE, '--no-sandbox'] : SOFTWARE
  browser = await chromium.launch({ executablePath: ensureBrowser(), args })
})
test.afterAll(async () => {
  await browser?.close()
  server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

for (const wish of ['wasm', 'webgpu'] as const) {
  test(`the browser's ${wish} gives the numbers of the server`, async () => {
    const [here, there] = [await byPage(wish), await byServer()]
    expect([here.facts.kind, here.kinds, here.notes]).toEqual([wish, [wish], []])
    const features = difference(
      here.looks.map(({ feature }) => feature),
      there.looks.map(({ feature }) => feature),
    )
    const texts = difference(here.texts, there.texts)
    expect(features).toBeLessThanOrEqual(TOLERANCE)
    expect(texts).toBeLessThanOrEqual(TOLERANCE)
    expect(new Set(there.looks.flatMap(({ seen }) => seen.map(({ label }) => label)))).toEqual(new Set(['clock', 'traffic light']))
    for (const [at, { seen }] of here.looks.entries()) {
      const wanted = there.looks[at]?.seen ?? []
      expect(seen.map(({ label, colour }) => [label, colour])).toEqual(wanted.map(({ label, colour }) => [label, colour]))
      for (const [place, one] of seen.entries()) expect(one.score).toBeCloseTo(wanted[place]?.score ?? Number.NaN, 3)
    }
    console.log(`${wish}: features differ by ${features.toExponential(1)}, texts by ${texts.toExponential(1)} (${here.facts.name})`)
  })

  test(`a dual encoder on the browser's ${wish} agrees with the server's`, async () => {
    const here = await byPage(wish)
    for (const name of NAMES) {
      const wanted = await agreements(name)
      const { pictures = [], questions = [] } = here.vision[name] ?? {}
      const found = questions.map((text) => pictures.map((picture) => picture.reduce((sum, value, at) => sum + value * (text[at] ?? 0), 0)))
      const largest = Math.max(
        ...found.flatMap((row, at) => row.map((value, place) => Math.abs(value - (wanted[at]?.[place] ?? Number.NaN)))),
      )
      expect(largest).toBeLessThanOrEqual(TOLERANCE)
      // Else the bar would be met by a model that says the same of every picture.
      expect(Math.max(...wanted.flat()) - Math.min(...wanted.flat())).toBeGreaterThan(0.05)
      console.log(`${wish}: cosines of ${name} differ by ${largest.toExponential(1)}`)
    }
  })
}

// Some seven hundred short texts: too many for a software adapter. That its vectors are those of the server is seen above.
test('a name that no table knows is understood in the browser as on the server', async () => {
  const signals = { text: 1, objects: 1 }
  const there = await planWithNames(NAMING, signals, async () => embeddedEmbedder(weights))
  const page = await openPage()
  const here = await page.evaluate(([asked, given]) => window.readQuestion('wasm', asked, given), [NAMING, signals] as const)
  await page.close()
  const understood = (things: typeof here) => things.map(({ cosine: _, ...rest }) => rest)
  expect(understood(here)).toEqual(understood(there.things))
  for (const [at, { cosine }] of here.entries())
    expect(Math.abs((cosine ?? 0) - (there.things[at]?.cosine ?? 0))).toBeLessThanOrEqual(TOLERANCE)
  // Each way of understanding a name is among them, and one name is not understood.
  expect(here.map(({ by }) => by)).toEqual(['wordnet', 'label', 'similar', 'similar'])
})

test('wasm and WebGPU agree about every vector of the dual encoders', async () => {
  const [wasm, webgpu] = [await byPage('wasm'), await byPage('webgpu')]
  for (const name of NAMES) {
    const [one, other] = [wasm.vision[name], webgpu.vision[name]]
    expect(difference(one?.pictures ?? [], other?.pictures ?? [])).toBeLessThanOrEqual(TOLERANCE)
    expect(difference(one?.questions ?? [], other?.questions ?? [])).toBeLessThanOrEqual(TOLERANCE)
  }
})

test('every method takes the same frames for every question, wherever it runs', async () => {
  const there = await byServer()
  for (const name of NAMES) {
    const { vision } = await byPage('wasm')
    const cosines = await agreements(name)
    const wanted = picks((question) => {
      const row = cosines[QUESTIONS.indexOf(question)] ?? []
      return { ...materialOf({ ...there, vision }, name, question), vision: row }
    })
    expect((await byPage('wasm')).picks[name]).toEqual(wanted)
    expect((await byPage('webgpu')).picks[name]).toEqual(wanted)
    // The questions tell the frames apart, and so do the methods.
    expect(new Set(wanted.map((line) => line.split(': ')[1])).size).toBeGreaterThan(4)
  }
})

/** What the runtime's log says of where the nodes of a model went. */
async function placementsOf(kind: 'detector' | 'encoder'): Promise<string> {
  const page = await openPage()
  const lines: string[] = []
  page.on('console', (message) => lines.push(message.text()))
  await page.evaluate((each) => window.openLoudly(each), kind)
  await page.close()
  return lines.filter((line) => /placed on/.test(line)).join('\n')
}

test('no node of the detector falls back to the processor on WebGPU', async () => {
  const detector = await placementsOf('detector')
  expect(detector).toContain('WebGpuExecutionProvider')
  expect(detector).not.toContain('CPUExecutionProvider')
  // The log does tell: many nodes of the sentence encoder do.
  expect(await placementsOf('encoder')).toContain('CPUExecutionProvider')
})
