#!/usr/bin/env node
// Takes the pictures of the documents from a running Crema with the demo project, in both themes. By hand only:
//   npm start            (in another terminal)
//   node scripts/screenshots.mjs [--url http://127.0.0.1:3000] [--project demo] [--out docs/images] [--size 1280x800] [--only review,project]
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { ensureBrowser } from './find-browser.mjs'
import { ROOT } from './paths.mjs'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    project: { type: 'string', default: 'demo' },
    out: { type: 'string', default: path.join('docs', 'images') },
    size: { type: 'string', default: '1280x800' },
    only: { type: 'string', default: '' },
  },
})
const base = new URL(values.url)
const project = `/projects/${values.project}`
const [width = 1280, height = 800] = values.size.split('x').map(Number)

/** Opens a sample by the beginning of its question. The stage of the sample before is ready as well, so the question is waited for. */
async function openSample(page, words) {
  await page.getByText(words, { exact: false }).first().click()
  await page.getByRole('region', { name: 'Question' }).getByText(words, { exact: false }).waitFor()
  await page.locator('[role=img][data-state=ready]').first().waitFor()
}

/** The sample with the two towers, at its third step: a core frame with boxes in it, and flags. */
async function openTowers(page) {
  await openSample(page, 'How do the two towers')
  await page.keyboard.press('3')
}

/** A question whose things the embedded detector knows, with its suggestion and one proposed frame on the stage. */
async function suggest(page) {
  await openSample(page, 'Which way does the red car')
  await page.keyboard.press('c')
  const panel = page.getByRole('region', { name: 'Suggest core frames' })
  await panel.getByRole('list', { name: 'Proposed frames' }).waitFor({ timeout: 180_000 })
  const proposed = panel.getByRole('button', { name: /^Show proposed frame/ })
  if ((await proposed.count()) > 0) await proposed.first().click()
}

/** `ready` = what has to be on the page before `act`; the picture is taken after both. */
const PAGES = [
  { name: 'project', at: project, ready: 'main' },
  { name: 'review', at: `${project}/review`, ready: 'canvas', act: openTowers },
  { name: 'selector', at: `${project}/review`, ready: 'canvas', act: suggest },
  { name: 'samples', at: `${project}/samples`, ready: 'main' },
  { name: 'videos', at: `${project}/videos`, ready: 'main' },
  { name: 'runs', at: `${project}/runs`, ready: 'main' },
  { name: 'run', at: `${project}/runs/1`, ready: 'table' },
  { name: 'pipeline', at: `${project}/pipeline`, ready: 'main' },
  { name: 'import', at: `${project}/import`, ready: 'main' },
  { name: 'exports', at: `${project}/exports`, ready: 'main' },
  { name: 'keyboard', at: '/keyboard', ready: 'main' },
]

const chosen = PAGES.filter(({ name }) => values.only === '' || values.only.split(',').includes(name))

function signInLink() {
  const env = { ...process.env, PORT: base.port || '80', CREMA_URL: base.origin }
  const outcome = spawnSync(process.execPath, ['cli/crema.mjs', 'sign-in-link', '--json'], { cwd: ROOT, env, encoding: 'utf8' })
  if (outcome.status !== 0) throw new Error(`No sign-in link: ${outcome.stderr}`)
  return JSON.parse(outcome.stdout).url
}

async function signIn(page) {
  await page.goto(signInLink())
  await page.getByRole('button', { name: /open crema|sign in/i }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

async function picture(page, { name, at, ready, act }, theme) {
  const answer = await page.goto(new URL(at, base).href)
  if (answer === null || !answer.ok()) throw new Error(`${at} answered ${answer?.status()}`)
  await page.locator(ready).first().waitFor()
  await act?.(page)
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => document.querySelector('[aria-busy]:not([aria-busy="false"]), .bg-skeleton') === null)
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))))
  // The badge of the development server, should it be one.
  await page.evaluate(() => document.querySelector('nextjs-portal')?.remove())
  const file = path.resolve(ROOT, values.out, `${name}-${theme}.png`)
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
  process.stdout.write(`${path.relative(ROOT, file)}\n`)
}

mkdirSync(path.resolve(ROOT, values.out), { recursive: true })
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
try {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  await signIn(page)
  for (const theme of ['dark', 'light']) {
    await context.addCookies([{ name: 'crema-theme', value: theme, url: base.origin }])
    for (const entry of chosen) await picture(page, entry, theme)
  }
} finally {
  await browser.close()
}
