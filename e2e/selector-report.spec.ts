/** A curator measures all ways of choosing frames against what people settled on, reads the figures, and takes the training file away. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { reviewed } from '@/core/document.fixture'
import { readCremaRow } from '@/core/formats/crema/row'
import { isJsonObject } from '@/core/formats/json'
import { SELECTION_METHODS } from '@/core/selection/selection-options'
import { mediaFolder, type TrainRow, trainRow } from './annotations'
import { crema, expect, freshName, runCrema, signIn, test, whenAlive } from './crema'

const CLIP = 'cfr-25'
const ROWS = [
  trainRow(CLIP, [10, 30], 'Which cells are light?'),
  trainRow(CLIP, [12, 40], 'Where is the person?', { task: 'Traffic Analysis' }),
]

/** A project whose samples were all approved elsewhere: imported, exported, accepted in the file, imported again. */
function settledProject(rows: readonly TrainRow[]): string {
  const [first, project] = [freshName('unsettled'), freshName('settled')]
  const { folder, annotations } = mediaFolder(rows, [CLIP])
  crema('import', '--project', first, '--format', 'videoespresso', '--annotations', annotations, '--media', folder)
  const out = path.join(mkdtempSync(path.join(tmpdir(), 'crema-e2e-settled-')), 'out')
  crema('export', '--project', first, '--format', 'crema', '--out', out, '--state', 'all')
  const lines = readFileSync(path.join(out, 'crema.jsonl'), 'utf8').trimEnd().split('\n')
  const accepted = path.join(folder, 'crema.jsonl')
  writeFileSync(accepted, lines.map((line) => `${acceptedLine(line)}\n`).join(''))
  crema('import', '--project', project, '--format', 'crema', '--annotations', accepted, '--media', folder)
  return project
}

function acceptedLine(line: string): string {
  const json: unknown = JSON.parse(line)
  const row = isJsonObject(json) ? readCremaRow(json) : null
  if (!isJsonObject(json) || row === null || !row.ok) throw new Error(`The export wrote a line that is none: ${line}`)
  const { document } = row.value
  const review = { state: 'approved', decision: 'approve', version: 1 }
  return JSON.stringify({ ...json, draft: document, document: reviewed(document), review })
}

test('measures, sorts, looks closer and takes the training file', async ({ page }) => {
  test.setTimeout(240_000)
  const project = settledProject(ROWS)
  await signIn(page)
  await page.goto(`/projects/${project}/selector`)
  await expect(page.getByText('Not measured yet')).toBeVisible()

  // Without a signal there is nothing to choose by.
  const start = await whenAlive(page.getByRole('button', { name: 'Measure on 2 settled samples' }))
  for (const signal of ['Captions', 'Objects']) await page.getByRole('checkbox', { name: signal }).click()
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  for (const signal of ['Captions', 'Objects']) await page.getByRole('checkbox', { name: signal }).click()
  await start.click()
  const table = page.getByRole('region', { name: 'Methods' }).getByRole('table')
  await expect(table).toBeVisible({ timeout: 120_000 })
  await expect(table.getByRole('rowheader')).toHaveCount(SELECTION_METHODS.length)
  await expect(page.getByText('2 settled samples, 4 core frames, 1 video')).toBeVisible()

  // By name, then turned round.
  const names = table.getByRole('columnheader', { name: 'Method' })
  await names.getByRole('button').click()
  await expect(names).toHaveAttribute('aria-sort', 'ascending')
  await expect(table.getByRole('rowheader').last()).toHaveText('Uniform')
  await names.getByRole('button').click()
  await expect(names).toHaveAttribute('aria-sort', 'descending')
  await expect(table.getByRole('rowheader').first()).toHaveText('Uniform')

  // The clip lasts 2 s, so within 2 s any frame hits.
  await page.getByText('±2 s').click()
  const f1 = table
    .getByRole('row', { name: /^Uniform/ })
    .getByRole('cell')
    .nth(4)
  await expect(f1).toHaveText('.800')
  await expect(page.getByRole('region', { name: 'By task' }).getByRole('rowheader')).toHaveText(['Causal Inference', 'Traffic Analysis'])
  await expect(page.getByText(/too few to say how far F1 would move/)).toBeVisible()

  // The command line gives the same figures, and no run has captioned the clip.
  const report = crema('selector-report', '--project', project)
  expect(report).toMatchObject({ state: 'done', summary: { samples: 2, videos: 1, methods: { length: SELECTION_METHODS.length } } })
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'crema-e2e-training-')), 'selector.jsonl')
  expect(crema('selector-report', '--project', project, '--training', file)).toMatchObject({ samples: 0, leftOut: { 'no-captions': 2 } })
  expect(readFileSync(file, 'utf8')).toBe('')
  expect(runCrema('selector-report', '--project', 'nobody-has-this')).toMatchObject({
    code: 2,
    value: { error: { code: 'invalid_input' } },
  })
})

test('says what is missing where nothing is settled', async ({ page }) => {
  const project = freshName('nothing-settled')
  const { folder, annotations } = mediaFolder(ROWS, [CLIP])
  crema('import', '--project', project, '--format', 'videoespresso', '--annotations', annotations, '--media', folder)
  await signIn(page)
  await page.goto(`/projects/${project}/selector`)
  await expect(page.getByText('Nothing to measure against yet')).toBeVisible()
  await expect(page.getByRole('button', { name: /Measure|Nothing to measure/ })).toHaveCount(0)
  await page.getByRole('link', { name: 'Review samples' }).click()
  await page.waitForURL(`**/projects/${project}/review**`)
})
