/**
 * Story: the administrator registers a dual encoder. A reviewer sees its size and licence before a byte of it is fetched, lets it look at
 * the frames, and reads its share of each reason. One whose files have changed since is refused in words, and the panel goes on.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { writeDualEncoder } from '@/bench/webgpu/dual-encoder-folder'
import { SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { importProject, trainRow } from './annotations'
import { crema, expect, freshName, signIn, test } from './crema'
import { ReviewPage } from './review-page'

const QUESTION = 'Why does the person stand beside the car?'
/** The embedded models are fetched, checked and run on a processor that others load too. */
const LONG = { timeout: 120_000 }

/** A model with weights by chance on the list of the server under test. `dimensions` tells its files from those of others. */
async function register(word: string, dimensions: number, licence: string): Promise<{ readonly name: string; readonly folder: string }> {
  const name = `test/${freshName(word)}`
  const folder = path.join(process.env.CREMA_E2E_DATA ?? '', 'models', 'registered', name)
  await writeDualEncoder(folder, { ...SMALL, dimensions }, { modelType: 'clip', resample: 3 })
  crema('models', 'add', folder, '--licence', licence)
  return { name, folder }
}

/** One bit in the middle of the weights. */
function spoil(folder: string): void {
  const file = path.join(folder, 'onnx', 'model.onnx')
  const content = readFileSync(file)
  content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1
  writeFileSync(file, content)
}

async function choose(page: Page, panel: Locator, name: string): Promise<void> {
  await panel.getByRole('combobox', { name: 'Vision model' }).click()
  await page.getByRole('option', { name }).click()
}

test('a registered dual encoder looks at the frames, and one that has changed is refused', async ({ page, context, expectedErrors }) => {
  test.setTimeout(300_000)
  // The browser logs the refused file.
  expectedErrors.push(/api\/models\/[0-9a-f]{64}/)
  const whole = await register('clip', 24, 'MIT')
  const spoilt = await register('spoilt', 20, 'not to be used')
  spoil(spoilt.folder)
  const fetched = new Set<string>()
  context.on('request', (request) => {
    const sha256 = /\/api\/models\/([0-9a-f]{64})$/.exec(request.url())?.[1]
    if (sha256 !== undefined) fetched.add(sha256)
  })
  const project = importProject('vision', [trainRow('cfr-25', [10, 30], QUESTION)], ['cfr-25'])
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  await review.press('c')
  const panel = page.getByRole('region', { name: 'Suggest core frames' })
  const reasons = panel.getByRole('list', { name: 'Proposed frames' }).locator('p[title]')
  await expect(reasons.first()).toHaveAttribute('title', /^text \S+, objects \S+$/, LONG)
  const before = new Set(fetched)

  await test.step('size and licence stand beside its name, and nothing of it is fetched', async () => {
    await panel.getByRole('combobox', { name: 'Vision model' }).click()
    await expect(page.getByRole('option', { name: whole.name })).toContainText(/\d+ kB, licence MIT/)
    await page.keyboard.press('Escape')
    expect(fetched).toEqual(before)
  })
  await test.step('chosen, it is fetched, looks, and has its share in every reason', async () => {
    await choose(page, panel, whole.name)
    await expect(reasons.first()).toHaveAttribute('title', /^text \S+, objects \S+, vision \S+$/, LONG)
    await expect(panel.getByText(/^\d+ kB, licence MIT/)).toBeVisible()
    expect(fetched.size).toBeGreaterThan(before.size)
  })
  await test.step('one whose file is another than the registered one is not run', async () => {
    await choose(page, panel, spoilt.name)
    await expect(panel.getByRole('alert')).toContainText('not the one that was prepared or registered', LONG)
  })
  await test.step('without it there is an answer again', async () => {
    await choose(page, panel, 'none')
    await expect(reasons.first()).toHaveAttribute('title', /^text \S+, objects \S+$/, LONG)
    await expect(panel.getByRole('alert')).toHaveCount(0)
  })
})
