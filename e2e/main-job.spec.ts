/** The main job, start to end: import drafts, check one against the pixels, correct, approve, export, and prove the frames. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { z } from 'zod'
import { importReportSchema } from '@/core/formats/import-report'
import { LEFT, mediaFolder, PICTURE, pixelsOf, type TrainRow, trainRow } from './annotations'
import { crema, expect, freshName, runCrema, signIn, test, whenAlive } from './crema'
import { clipPath, clipSpec, countersOf } from './fixtures/clips'
import { readCounter } from './fixtures/counter'
import { readZip } from './read-zip'
import { ReviewPage } from './review-page'

const CLIPS = ['edit-preroll', 'vfr'] as const
const KEYS = 'Which cells are light at the start?'
const MOUSE = 'How does the pattern go on?'
const UNFAIR = 'What is the weather like?'
const ROWS: readonly TrainRow[] = [
  trainRow('edit-preroll', [7, 33], KEYS),
  { ...trainRow('vfr', [5, 9], MOUSE), question: 17 },
  trainRow('vfr', [12, 41], MOUSE),
  trainRow('vfr', [3, 50], UNFAIR, { task: 'Narrative Analysis' }),
]

const manifestSchema = z.object({
  counts: z.object({ samples: z.int(), stills: z.int() }),
  videos: z.array(z.object({ sha256: z.string(), name: z.string() }).loose()),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.int() })),
})
const rowsSchema = z.array(
  z
    .object({
      question: z.string(),
      crema: z
        .object({
          video: z.object({ sha256: z.string() }).loose(),
          frames: z.array(z.object({ index: z.int(), pts: z.int(), image: z.string(), sha256: z.string() }).loose()),
          document: z.record(z.string(), z.record(z.string(), z.unknown())),
        })
        .loose(),
    })
    .loose(),
)
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
const folder = () => mkdtempSync(path.join(tmpdir(), 'crema-e2e-out-'))

test('import, review, correct, reject, undo, approve, export, import again', async ({ page }) => {
  test.setTimeout(240_000)
  const name = freshName('main-job')
  await signIn(page)
  await test.step('make a project', () => makeProject(page, name))
  await test.step('import an annotation file with its clips', () => importFiles(page))
  const review = new ReviewPage(page)
  await review.ready()
  await test.step('review a sample with the keyboard alone', () => reviewByKeyboard(review))
  await test.step('correct a box with the mouse, reject, undo, fix and approve', () => correctByMouse(review))
  await test.step('reject a sample, take it back, reject it', () => rejectSample(review))
  const zip = await test.step('export and download', () => exportZip(page))
  await test.step('every exported still is the frame the row means', () => proveExport(zip))
  await test.step('the export comes back equal', () => importAgain(name, zip))
})

async function makeProject(page: Page, name: string) {
  await page.goto('/?all')
  await (await whenAlive(page.getByRole('button', { name: 'New project' }))).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.waitForURL(`/projects/${name}`)
}

async function importFiles(page: Page) {
  const { annotations, clips } = mediaFolder(ROWS, CLIPS)
  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Import' }).click()
  const input = page.getByTestId('import-files')
  await whenAlive(input)
  await input.setInputFiles([annotations, ...clips])
  const start = page.getByRole('button', { name: 'Import 3 good rows' })
  await expect(start).toBeEnabled({ timeout: 60_000 })
  const preview = page.getByRole('main')
  for (const [word, count] of [
    ['New', '3'],
    ['Unchanged', '0'],
    ['Refused', '1'],
  ] as const)
    await expect(preview.locator('dl > div').filter({ hasText: word })).toContainText(count)
  const problem = preview.getByRole('row').filter({ hasText: 'question' })
  await expect(problem).toContainText('2')
  await expect(problem).toContainText('17')
  await expect(preview).toContainText('Causal')
  await start.click()
  await page.getByRole('link', { name: 'Review the samples' }).click({ timeout: 60_000 })
  await page.waitForURL('**/review*')
}

async function reviewByKeyboard(review: ReviewPage) {
  await review.choose(KEYS)
  const keys: string[] = []
  const press = async (key: string) => {
    keys.push(key)
    await review.press(key)
  }
  await review.isAt('Question')
  await review.press('Tab')
  await review.isAt('Core frame 1')
  await review.press('Shift+Tab')
  await review.isAt('Question')
  await press('a')
  await review.verdict('Question', 'accepted')
  await review.isAt('Core frame 1')
  await press('a')
  await review.isAt('Core frame 2')
  await press('a')
  await review.isAt('Step 1')
  await press('Shift+A')
  await review.verdict('Box: upper cell', 'accepted')
  await review.isAt('Step 2')
  await press('Shift+A')
  await review.isAt('Sufficiency')
  await press('a')
  await review.isAt('Answer and task')
  await press('a')
  await expect(review.page.getByRole('contentinfo')).toContainText('9 of 9')
  await press('Control+Enter')
  expect(keys.length, 'a clean sample in at most 12 keys (design §6)').toBeLessThanOrEqual(12)
  await expect(review.row(KEYS)).toContainText('approved by you')
  await expect(review.question).not.toContainText(KEYS)
  await review.ready()
}

async function correctByMouse(review: ReviewPage) {
  const { page } = review
  await review.choose(MOUSE)
  await review.item('Box: upper cell').click()
  const before = await review.screenBox()
  const scale = before.w / pixelsOf(LEFT).w
  const by = { x: 42, y: -Math.round(before.h / 2) }
  await review.drag({ x: before.x + before.w, y: before.y + before.h }, { x: before.x + before.w + by.x, y: before.y + before.h + by.y })
  await review.verdict('Box: upper cell', 'edited')
  const after = await review.screenBox()
  expect(Math.abs(after.w - before.w - by.x), 'the corner went with the mouse').toBeLessThan(1.5)
  expect(Math.abs(after.h - before.h - by.y)).toBeLessThan(1.5)
  expect(after.x).toBeCloseTo(before.x, 1)
  const { w, h } = pixelsOf(LEFT)
  const now = review.inspector.getByRole('row', { name: /^now/ }).getByRole('cell')
  expect(Math.abs(Number(await now.nth(2).innerText()) - (w + by.x / scale))).toBeLessThan(0.5)
  expect(Math.abs(Number(await now.nth(3).innerText()) - (h + by.y / scale))).toBeLessThan(0.5)

  await review.press('2', 'x')
  await expect(page.getByText('Why is this wrong? Step 2')).toBeVisible()
  await review.press('1')
  await review.verdict('Step 2', 'rejected')
  const approve = page.getByRole('button', { name: /^Fix & approve/ })
  await expect(approve).toHaveAttribute('aria-disabled', 'true')
  await review.press('Control+z')
  await review.verdict('Step 2', 'unseen')

  await review.item('Question').click()
  for (const item of ['Question', 'Core frame 1', 'Core frame 2']) {
    await review.isAt(item)
    await review.press('a')
  }
  await review.isAt('Step 1')
  await review.press('Shift+A')
  await review.isAt('Step 2')
  await review.press('Shift+A', 'a', 'a')
  await review.verdict('Box: upper cell', 'edited')
  await expect(approve).toHaveAttribute('aria-disabled', 'false')
  await review.isSaved()
  await approve.click()
  await expect(review.row(MOUSE)).toContainText('fixed by you')
}

async function rejectSample(review: ReviewPage) {
  const { page } = review
  await review.shows(UNFAIR)
  const reject = async () => {
    await page.getByRole('button', { name: /^Reject…/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Reject this sample' })
    const act = dialog.getByRole('button', { name: /^Reject/ })
    await expect(act).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByRole('button', { name: /Q1/ }).click()
    await dialog.getByLabel('Note').fill('Nobody can see the sky.')
    await act.click()
    await expect(review.row(UNFAIR)).toContainText('rejected by you')
  }
  await reject()
  await page.getByRole('dialog', { name: 'Rejected' }).getByRole('button', { name: 'Undo' }).click()
  await review.shows(UNFAIR)
  await expect(review.row(UNFAIR)).not.toContainText('rejected')
  await expect(page.getByRole('button', { name: /^Reject…/ })).toBeVisible()
  await reject()
  await expect(page.getByText('Nothing is left in this queue')).toBeVisible()
}

async function exportZip(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Export the approved' }).click()
  await page.getByRole('button', { name: 'Export 2 samples' }).click()
  const link = page.getByRole('link', { name: 'Download' })
  await expect(link).toBeVisible({ timeout: 60_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const target = path.join(folder(), 'export.zip')
  await download.saveAs(target)
  return target
}

async function proveExport(zip: string) {
  const files = readZip(zip)
  const manifest = manifestSchema.parse(JSON.parse(String(files.get('manifest.json'))))
  expect(manifest.files.map((file) => file.path).sort()).toEqual([...files.keys()].filter((name) => name !== 'manifest.json').sort())
  for (const file of manifest.files) {
    const bytes = files.get(file.path) ?? Buffer.alloc(0)
    expect(sha256(bytes), file.path).toBe(file.sha256)
    expect(bytes.length).toBe(file.bytes)
  }
  expect(manifest.counts).toMatchObject({ samples: 2, stills: 4 })
  const clips = new Map(CLIPS.map((clip) => [sha256(readFileSync(clipPath(clipSpec(clip)))), clipSpec(clip)]))
  const rows = rowsSchema.parse(JSON.parse(String(files.get('videoespresso.json'))))
  expect(rows.map((row) => row.question).sort()).toEqual([MOUSE, KEYS].sort())
  for (const row of rows) {
    const spec = clips.get(row.crema.video.sha256)
    if (spec === undefined) throw new Error('The row names a video that was not imported')
    expect(row.crema.frames).toHaveLength(2)
    for (const frame of row.crema.frames) {
      const still = files.get(frame.image) ?? Buffer.alloc(0)
      expect(sha256(still)).toBe(frame.sha256)
      const { data, info } = await sharp(still).removeAlpha().raw().toBuffer({ resolveWithObject: true })
      expect({ width: info.width, height: info.height }).toEqual(PICTURE)
      const counter = readCounter({ width: info.width, height: info.height, rgb: data })
      expect(counter, `${row.question} frame ${frame.index}`).toBe(countersOf(spec)[frame.index])
    }
  }
  // The stem of a file name is the native frame: preroll hides ten frames, so frame 7 shows counter 17.
  const keys = rows.find((row) => row.question === KEYS)
  expect(keys?.crema.frames.map((frame) => frame.index)).toEqual([7, 33])
}

function importAgain(project: string, zip: string) {
  const unpacked = folder()
  for (const [name, bytes] of readZip(zip)) {
    mkdirSync(path.dirname(path.join(unpacked, name)), { recursive: true })
    writeFileSync(path.join(unpacked, name), bytes)
  }
  const annotations = path.join(unpacked, 'videoespresso.json')
  const options = ['--format', 'videoespresso', '--annotations', annotations] as const
  const again = importReportSchema.parse(crema('import', '--project', project, ...options))
  expect(again).toMatchObject({ total: 2, imported: 0, unchanged: 2, errorCount: 0 })

  const copy = freshName('main-job-copy')
  const { folder: media } = mediaFolder(ROWS, CLIPS)
  const fresh = importReportSchema.parse(crema('import', '--project', copy, ...options, '--media', media))
  expect(fresh).toMatchObject({ total: 2, imported: 2, errorCount: 0 })
  expect(documentsOf(copy, 'all')).toEqual(documentsOf(project, 'approved'))

  const [one, two] = [exportTo(project, 'videoespresso', 'approved'), exportTo(project, 'videoespresso', 'approved')]
  expect(two.report).toEqual(one.report)
  for (const file of one.report.files) {
    const bytes = readFileSync(path.join(one.out, file.path))
    expect(bytes.equals(readFileSync(path.join(two.out, file.path))), `${file.path} is the same both times`).toBe(true)
    expect(bytes.equals(readZip(zip).get(file.path) ?? Buffer.alloc(0)), `${file.path} is the same in the download`).toBe(true)
  }
}

const exportSchema = z
  .object({ samples: z.int(), files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.int() })) })
  .loose()

function exportTo(project: string, format: string, state: string) {
  const out = path.join(folder(), 'export')
  const { code, value } = runCrema('export', '--project', project, '--format', format, '--state', state, '--out', out)
  expect(code).toBe(0)
  return { out, report: exportSchema.parse(value) }
}

/** Documents by sample, as the lossless format writes them. */
function documentsOf(project: string, state: string): Record<string, unknown> {
  const { out } = exportTo(project, 'crema', state)
  const lines = readFileSync(path.join(out, 'crema.jsonl'), 'utf8').trim().split('\n')
  const rows = z.array(z.object({ externalId: z.string(), document: z.unknown() })).parse(lines.map((line) => JSON.parse(line)))
  return Object.fromEntries(rows.map((row) => [row.externalId, row.document]))
}
