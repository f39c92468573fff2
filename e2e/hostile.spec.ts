/** Bad input from the outside: texts that are code, files that are no videos, annotation files made to hurt. The server lives on. */
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { importReportSchema } from '@/core/formats/import-report'
import { LEFT, mediaFolder, tagged, trainRow } from './annotations'
import { crema, expect, freshName, runCrema, signIn, test, whenAlive } from './crema'
import { clipPath, clipSpec } from './fixtures/clips'
import { HOSTILE_FILES, writeHostile } from './fixtures/hostile'
import { ReviewPage } from './review-page'

declare global {
  interface Window {
    isHurt?: boolean
  }
}

const folderOf = (word: string) => mkdtempSync(path.join(tmpdir(), `crema-e2e-${word}-`))
const HURT = '<img src=x onerror="window.isHurt=true">'

async function isHealthy(page: Page) {
  const health = await page.request.get('/api/health')
  expect(health.status()).toBe(200)
  expect(await health.json()).toEqual({ status: 'ok', db: 'ok', queue: 'ok', storage: 'ok', worker: 'ok' })
}

async function openImport(page: Page, project: string) {
  await page.goto(`/projects/${project}/import`)
  await whenAlive(page.getByTestId('import-files'))
}

test('texts with HTML and scripts are shown as they are written', async ({ page }) => {
  const folder = folderOf('html')
  mkdirSync(path.join(folder, 'clips'))
  const video = '<img src=x onerror=window.isHurt=true>.mp4'
  copyFileSync(clipPath(clipSpec('cfr-25')), path.join(folder, 'clips', video))
  const question = `Why ${HURT}?<script>window.isHurt=true</script>`
  const row = trainRow('cfr-25', [10, 30], question, {
    video_path: `clips/${video}`,
    keyframe_captions: [`A caption ${HURT}`, '</textarea><svg onload="window.isHurt=true">'],
    answer: `"><script>window.isHurt=true</script>`,
    options: [`(A): ${HURT}`, '(B): {{constructor.constructor("window.isHurt=true")()}}', '(C): javascript:alert(1)'],
    correct_answer: '(A)',
    evidence: `The ${tagged(`cell ${HURT}`, LEFT)} is <b>light</b> in the first frame.`,
    task: `Task ${HURT}`,
    [`extra ${HURT}`]: HURT,
  })
  const annotations = path.join(folder, 'annotations.json')
  writeFileSync(annotations, JSON.stringify([row]))
  const project = freshName('html')
  crema('import', '--project', project, '--format', 'videoespresso', '--annotations', annotations, '--media', folder)
  page.on('dialog', (dialog) => expect(dialog.message(), 'a script has run').toBe(''))

  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  await expect(review.question).toContainText(question)
  await expect(page.getByText(`cell ${HURT}`).first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(HURT)
  for (const item of ['Core frame 1', 'Core frame 2', 'Step 1', 'Answer and task']) {
    await review.item(item).click()
    await review.isAt(item)
  }
  await review.press('1', 'e')
  await expect(page.getByRole('textbox').first()).toContainText('<b>light</b>')
  await review.press('Escape')
  for (const part of ['', '/samples', '/videos', '/exports', '/settings']) {
    await page.goto(`/projects/${project}${part}`)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await expect(page.locator('img[src="x"], svg[onload]')).toHaveCount(0)
    expect(await page.evaluate(() => window.isHurt), part).toBeUndefined()
  }
  await page.goto(`/projects/${project}/samples`)
  await expect(page.getByRole('link', { name: question })).toBeVisible()
})

test('what is no video is refused in words, at once or by its reading', async ({ page, expectedErrors }) => {
  // The browser logs each refused upload.
  expectedErrors.push(/status of 4\d\d/)
  const project = freshName('no-video')
  crema(
    'import',
    '--project',
    project,
    '--format',
    'videoespresso',
    '--annotations',
    mediaFolder([trainRow('cfr-25', [1, 2], 'Why?')], []).annotations,
  )
  await signIn(page)
  const folder = folderOf('no-video')
  const fileOf = (name: string) => {
    const file = HOSTILE_FILES.find((candidate) => candidate.name === name)
    if (file === undefined) throw new Error(`There is no hostile file ${name}`)
    return file
  }
  for (const [name, sentence] of [
    ['text.mp4', 'This is no video file we read'],
    ['page.mp4', 'This is no video file we read'],
    ['picture.mp4', 'This is no video file we read'],
    ['playlist.mp4', 'This is no video file we read'],
    ['concat.mp4', 'This is no video file we read'],
    ['zero-bytes.mp4', 'The file is empty'],
  ] as const) {
    await test.step(name, async () => {
      await openImport(page, project)
      await page.getByTestId('import-files').setInputFiles(writeHostile(folder, fileOf(name)))
      await expect(page.getByRole('status').filter({ hasText: sentence })).toBeVisible()
    })
  }
  const late = ['absurd-size.avi', 'unknown-codec.avi', 'no-pictures.mp4']
  await openImport(page, project)
  await page.getByTestId('import-files').setInputFiles(late.map((name) => writeHostile(folder, fileOf(name))))
  await expect(page.getByText('on the server')).toBeVisible({ timeout: 30_000 })
  await page.goto(`/projects/${project}/videos`)
  for (const name of late) {
    const row = page.getByRole('row').filter({ hasText: name })
    await expect(row).toContainText(fileOf(name).code, { timeout: 60_000 })
  }
  await expect(page.getByRole('row')).toHaveCount(late.length + 1)
  await isHealthy(page)
})

/** Rows 2 to 7 are each bad in a way of their own; rows 1 and 8 are good. */
function hostileRows(): string {
  const good = (question: string) => JSON.stringify(trainRow('cfr-25', [10, 30], question))
  const bad = (fields: Record<string, unknown>) => JSON.stringify({ ...trainRow('cfr-25', [10, 30], 'Bad?'), ...fields })
  const deep = `{"question": "Deep?", "nest": ${'['.repeat(5000)}${']'.repeat(5000)}}`
  const proto = '{"question": "Proto?", "__proto__": {"isAdmin": true}}'
  const nan = '{"question": "NaN?", "video_path": "clips/cfr-25.mp4", "score": NaN}'
  const wrong = bad({ keyframe_path: { first: 1 } })
  const huge = bad({ question: 'x'.repeat(9 * 1024 * 1024) })
  return `[${[good('First?'), deep, proto, nan, wrong, bad({ question: '   ' }), huge, good('Last?')].join(',\n')}]`
}

const PROBLEMS = [
  { row: 2, field: null, code: 'limit_exceeded' },
  { row: 3, field: '__proto__', code: 'bad_row' },
  { row: 4, field: 'score', code: 'bad_row' },
  { row: 5, field: 'keyframe_path', code: 'bad_row' },
  { row: 6, field: 'question', code: 'bad_row' },
  { row: 7, field: null, code: 'limit_exceeded' },
]

test('bad rows are named with file, row, field and remedy, and never stop the good ones', async ({ page }) => {
  const { folder, clips } = mediaFolder([], ['cfr-25'])
  const annotations = path.join(folder, 'hostile.json')
  writeFileSync(annotations, hostileRows())
  const project = freshName('bad-rows')

  const { code, value } = runCrema(
    'import',
    '--project',
    project,
    '--format',
    'videoespresso',
    '--annotations',
    annotations,
    '--media',
    folder,
  )
  expect(code).toBe(2)
  const report = importReportSchema.parse(value)
  expect(report).toMatchObject({ total: 8, imported: 2, errorCount: PROBLEMS.length })
  expect(report.errors.map(({ row, field, code: problem }) => ({ row, field, code: problem }))).toEqual(PROBLEMS)
  for (const problem of report.errors)
    expect(problem).toMatchObject({ file: 'hostile.json', message: expect.stringMatching(/^[A-Z].+\.$/) })

  await signIn(page)
  await openImport(page, project)
  await page.getByTestId('import-files').setInputFiles([annotations, ...clips])
  await expect(page.getByText('A bad row never stops the good ones')).toBeVisible({ timeout: 60_000 })
  for (const problem of report.errors) {
    const line = page.getByRole('row').filter({ hasText: problem.message })
    await expect(line).toContainText(String(problem.row))
    await expect(line).toContainText(problem.field ?? '(row)')
  }
  await page.goto(`/projects/${project}/samples`)
  await expect(page.getByRole('link', { name: 'First?' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Last?' })).toBeVisible()
  await isHealthy(page)
})

const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }).loose() })

test('files that are no annotations at all are refused in one sentence and leave nothing', async ({ page, expectedErrors }) => {
  expectedErrors.push(/status of 4\d\d/)
  const folder = folderOf('no-json')
  const write = (name: string, text: string | Buffer) => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const good = JSON.stringify([trainRow('cfr-25', [1, 2], 'One?'), trainRow('cfr-25', [3, 4], 'Two?')])
  const project = freshName('no-json')
  for (const [name, text] of [
    ['cut.json', good.slice(0, -30)],
    ['prose.json', 'This is prose.'],
    ['one.json', '{"question": "One object, pretty'],
    ['empty.json', ''],
    ['video.json', Buffer.from([0, 0, 0, 24, 102, 116, 121, 112])],
  ] as const) {
    const { code, value } = runCrema('import', '--project', project, '--format', 'videoespresso', '--annotations', write(name, text))
    expect(code, name).toBe(2)
    if (name === 'one.json') continue
    expect(refusalSchema.parse(value).error, name).toMatchObject({ code: 'bad_file', message: expect.stringContaining(name) })
  }
  await signIn(page)
  await openImport(page, project)
  await page.getByTestId('import-files').setInputFiles(path.join(folder, 'prose.json'))
  await expect(page.getByText('This is no annotation file: JSON begins with [ or {.')).toBeVisible()
  await openImport(page, project)
  await page.getByTestId('import-files').setInputFiles(path.join(folder, 'cut.json'))
  await expect(page.getByRole('alert').filter({ hasText: 'cut.json' })).toBeVisible({ timeout: 60_000 })
  await page.goto(`/projects/${project}/samples`)
  await expect(page.getByText('No samples yet')).toBeVisible()
  await isHealthy(page)
})
