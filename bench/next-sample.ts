/**
 * How long a reviewer waits for the next sample, in the production build: from the key press until picture and boxes are on
 * the stage (marks `review:sample-wanted` and `review:sample-painted`), prefetched and cold; and the weight of the page.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { startServer } from '../scripts/bench-server.mjs'
import { findBrowser } from '../scripts/find-browser.mjs'
import { measureNode } from '../scripts/measure-command.mjs'
import { makeInput } from './installation'
import { type Bench, type Figure, percentile } from './result'

const SAMPLES = 200
const STEPS = 60
const COLD = 10
/** A person looks at a sample before the next one, or loads the page anew; prefetching needs that time. */
const LOOK_MS = 400

async function openReview(browser: Browser, url: string, link: string): Promise<Page> {
  const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } })
  await page.goto(link)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: /open crema|sign in|continue/i }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
  await page.goto('/projects/bench/review')
  await painted(page, 1)
  return page
}

const painted = (page: Page, count: number) =>
  page.waitForFunction((wanted) => performance.getEntriesByName('review:sample-painted').length >= wanted, count)

/** Milliseconds from `review:sample-wanted` to `review:sample-painted`, sample by sample. */
async function stepThrough(page: Page): Promise<number[]> {
  const took: number[] = []
  for (let step = 0; step < STEPS; step += 1) {
    await page.waitForTimeout(LOOK_MS)
    const before = await page.evaluate(() => performance.getEntriesByName('review:sample-painted').length)
    await page.keyboard.press('PageDown')
    await painted(page, before + 1)
    took.push(
      // One expression: a named function inside would not survive the way into the page.
      await page.evaluate(
        () =>
          (performance.getEntriesByName('review:sample-painted').at(-1)?.startTime ?? Number.NaN) -
          (performance.getEntriesByName('review:sample-wanted').at(-1)?.startTime ?? Number.NaN),
      ),
    )
  }
  return took
}

/** The whole page anew on a sample nobody has opened: until its picture is on the stage. */
async function openCold(page: Page): Promise<number[]> {
  const took: number[] = []
  for (let round = 0; round < COLD; round += 1) {
    // What the page before reads in its first moments would be measured with it.
    await page.waitForTimeout(LOOK_MS)
    await page.reload()
    await painted(page, 1)
    took.push(await page.evaluate(() => performance.getEntriesByName('review:sample-painted')[0]?.startTime ?? Number.NaN))
  }
  return took
}

/** Compressed bytes of scripts: those the document names itself, and all until the first picture is there. */
async function scriptBytes(page: Page): Promise<{ first: number; all: number }> {
  await page.reload()
  await painted(page, 1)
  const loaded = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry): entry is PerformanceResourceTiming => 'encodedBodySize' in entry && /\.js(\?|$)/.test(entry.name))
      .map((entry) => ({ name: entry.name.split('/').at(-1) ?? '', bytes: entry.encodedBodySize })),
  )
  const html = await (await page.request.get(page.url())).text()
  const sum = (list: typeof loaded) => list.reduce((total, { bytes }) => total + bytes, 0)
  return { first: sum(loaded.filter(({ name }) => html.includes(name))), all: sum(loaded) }
}

export const bench: Bench = {
  name: 'next-sample',
  async run() {
    const executablePath = findBrowser()
    if (executablePath === null) throw new Error('The benchmark needs Chromium; `npm test` says how to get it.')
    const folder = mkdtempSync(path.join(tmpdir(), 'crema-bench-'))
    const server = await startServer(path.join(folder, 'data'))
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    try {
      const { file, media } = await makeInput(folder, SAMPLES)
      const crema = (...args: string[]) => measureNode(['cli/crema.mjs', ...args, '--json'], server.environment)
      await crema('import', '--project', 'bench', '--format', 'videoespresso', '--annotations', file, '--media', media)
      const { url: link } = JSON.parse((await crema('sign-in-link')).output) as { url: string }
      const page = await openReview(browser, server.url, link)
      const next = await stepThrough(page)
      const cold = await openCold(page)
      const scripts = await scriptBytes(page)
      return {
        figures: figuresOf(next, cold, scripts),
        notes: [`${SAMPLES} samples, ${STEPS} steps, ${COLD} reloads, Chromium without a GPU`],
      }
    } finally {
      await browser.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function figuresOf(next: readonly number[], cold: readonly number[], scripts: { first: number; all: number }): Figure[] {
  const [p95, coldP95, kilobytes] = [percentile(next, 0.95), percentile(cold, 0.95), scripts.first / 1000]
  return [
    { name: 'next sample painted, median', value: percentile(next, 0.5), unit: 'ms', target: null, isMet: null },
    { name: 'next sample painted, p95', value: p95, unit: 'ms', target: '<= 100', isMet: p95 <= 100 },
    { name: 'page reloaded to painted, p95', value: coldP95, unit: 'ms', target: '<= 800', isMet: coldP95 <= 800 },
    { name: 'first-load scripts of the review page, compressed', value: kilobytes, unit: 'kB', target: '<= 300', isMet: kilobytes <= 300 },
    { name: 'scripts until the first picture, with the canvas', value: scripts.all / 1000, unit: 'kB', target: null, isMet: null },
  ]
}
