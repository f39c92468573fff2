/**
 * Frame rate while one box is dragged among 1, 50, 500 and 2,000, as a share of a bare konva stage with a single rectangle
 * dragged in the same browser in the same minute. A shared machine changes both alike, so the ratio is what counts.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findBrowser } from '../scripts/find-browser.mjs'
import type { DragFigures } from './box-drag-page'
import { type Bench, type BenchResult, type Figure, percentile } from './result'

const COUNTS = [1, 50, 500, 2000] as const
const TARGETS: Readonly<Record<number, number>> = { 500: 0.9, 2000: 0.5 }
const ROUNDS = 3
const FRAMES = 90
/** The few utility classes that give the stage its size; the rest of the style sheet plays no part here. */
const LAYOUT = '.relative{position:relative}.absolute{position:absolute}.inset-0{inset:0}.size-full{width:100%;height:100%}'

/** Where the dragged box lies in both stages, in CSS pixels. */
const GRIP = { x: 160, y: 130 }

const ROOT = path.resolve(import.meta.dirname, '..')

type Bundler = { build(options: object): Promise<{ outputFiles: readonly { text: string }[] }> }

/** The page's script. tsx carries the bundler, so the benchmark needs no package of its own. */
async function bundlePage(): Promise<string> {
  const require = createRequire(import.meta.url)
  const bundler: Bundler = createRequire(require.resolve('tsx/package.json'))('esbuild')
  const result = await bundler.build({
    entryPoints: [path.join(ROOT, 'bench/box-drag-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    minify: true,
    absWorkingDir: ROOT,
    tsconfig: path.join(ROOT, 'tsconfig.json'),
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  return result.outputFiles[0]?.text ?? ''
}

async function measure(page: Page, count: number | 'bare'): Promise<DragFigures> {
  if (count === 'bare') await page.evaluate(() => window.dragBench?.mountBare())
  else await page.evaluate((boxes) => window.dragBench?.mountStage(boxes), count)
  await page.mouse.move(GRIP.x, GRIP.y)
  await page.mouse.down()
  // The first move makes a press a drag; what it sets up is not part of the rate.
  await page.mouse.move(GRIP.x + 12, GRIP.y + 12, { steps: 3 })
  const figures = await page.evaluate((frames) => window.dragBench?.drag(frames), FRAMES)
  await page.mouse.up()
  if (!figures || figures.moved < FRAMES / 10) throw new Error(`The box did not follow the pointer (${count} boxes).`)
  return figures
}

async function run(): Promise<BenchResult> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('The benchmark needs Chromium; `npm test` says how to get it.')
  const script = await bundlePage()
  const tokens = readFileSync(path.join(ROOT, 'app/globals.css'), 'utf8')
  const results = new Map<number | 'bare', DragFigures[]>()
  // Two browsers: as people have it, and without the limit of the display, which shows the reserve.
  for (const flags of [[], ['--disable-frame-rate-limit', '--disable-gpu-vsync']]) {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...flags] })
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
      await page.setContent('<!doctype html><html data-theme="dark"><body></body></html>')
      await page.addStyleTag({ content: tokens + LAYOUT })
      await page.addScriptTag({ content: script })
      for (let round = 0; round < ROUNDS; round++) {
        for (const count of ['bare', ...COUNTS] as const) {
          const key = flags.length === 0 ? count : count === 'bare' ? -1 : -count - 1
          results.set(key, [...(results.get(key) ?? []), await measure(page, count)])
        }
      }
    } finally {
      await browser.close()
    }
  }
  return { figures: figuresOf(results), notes: [`median of ${ROUNDS} rounds of ${FRAMES} frames, 1280 × 720, Chromium headless`] }
}

function figuresOf(results: ReadonlyMap<number | 'bare', readonly DragFigures[]>): Figure[] {
  const rate = (key: number | 'bare') =>
    percentile(
      (results.get(key) ?? []).map((figures) => figures.framesPerSec),
      0.5,
    )
  const figures: Figure[] = [{ name: 'bare konva stage, one rectangle', value: rate('bare'), unit: 'frames/s', target: null, isMet: null }]
  for (const count of COUNTS) {
    const ratio = rate(count) / rate('bare')
    const target = TARGETS[count]
    figures.push({
      name: `${count} boxes, share of the bare stage`,
      value: ratio,
      unit: '',
      target: target === undefined ? null : `≥ ${target}`,
      isMet: target === undefined ? null : ratio >= target,
    })
  }
  figures.push({ name: 'bare stage without display limit', value: rate(-1), unit: 'frames/s', target: null, isMet: null })
  for (const count of COUNTS) {
    figures.push({ name: `${count} boxes without display limit`, value: rate(-count - 1), unit: 'frames/s', target: null, isMet: null })
  }
  return figures
}

export const bench: Bench = { name: 'box-drag', run }
