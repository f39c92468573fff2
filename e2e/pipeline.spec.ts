/** A run from the app: started, watched, failing and mended, its drafts opened; settings tried and kept. The models are scripted. */
import { importProject, trainRow } from './annotations'
import { expect, signIn, test, whenAlive } from './crema'
import { type ModelServer, startModelServer } from './model-server'
import { ReviewPage } from './review-page'

let server: ModelServer
test.beforeAll(async () => {
  server = await startModelServer({ port: Number(process.env.CREMA_E2E_MODEL_PORT) })
})
test.afterAll(() => server.close())

const makeProject = (word: string) => importProject(word, [trainRow('cfr-25', [10, 30], 'Which cells are light?')], ['cfr-25'])

async function startLocalRun(page: import('@playwright/test').Page, project: string): Promise<void> {
  await page.goto(`/projects/${project}/runs`)
  await (await whenAlive(page.getByRole('button', { name: 'Start a run…' }))).click()
  const dialog = page.getByRole('dialog', { name: 'Start a run' })
  await dialog.getByRole('combobox', { name: 'Models' }).click()
  await page.getByRole('option', { name: /Local server/ }).click()
  await expect(dialog.getByRole('status')).toContainText(/cost/)
  await dialog.getByRole('button', { name: 'Run on all videos' }).click()
  await page.waitForURL(/\/runs\/\d+$/)
}

test('a run is started, watched to its end without a reload, and its drafts are there to review', async ({ page }) => {
  const project = makeProject('pipeline')
  await signIn(page)
  await startLocalRun(page, project)
  await expect(page.getByRole('heading', { name: 'Run 1' })).toBeVisible()
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 90_000 })
  const drafts = page.getByRole('link', { name: /\d+ drafts?$/ })
  await expect(drafts.first()).toBeVisible()
  const review = new ReviewPage(page)
  await review.open(project)
  await expect(review.queue.getByRole('button').nth(1)).toBeVisible()
  const [first] = await review.queue.getByRole('button').filter({ hasNotText: 'Which cells are light?' }).all()
  await first?.click()
  await review.ready()
  await expect(review.inspector).toContainText('write-qa')
  await review.inspector.getByRole('button', { name: /All stages/ }).click()
  const origin = page.getByRole('dialog', { name: 'Where this sample came from' })
  await expect(origin.getByRole('row', { name: /write-evidence/ })).toBeVisible()
})

test('what fails says why, goes on after Retry, and nobody pays twice', async ({ page }) => {
  const project = makeProject('failing')
  server.fail({ fault: 'refusal' })
  try {
    await signIn(page)
    await startLocalRun(page, project)
    await expect(page.getByRole('button', { name: 'Retry', exact: true })).toBeVisible({ timeout: 90_000 })
    await expect(page.getByRole('row', { name: /cfr-25/ })).toContainText('caption')
  } finally {
    server.clearFaults()
  }
  await page.getByRole('button', { name: 'Retry', exact: true }).click()
  await expect(page.getByRole('link', { name: /\d+ drafts?$/ }).first()).toBeVisible({ timeout: 90_000 })
  const asked = server.log.length
  await startLocalRun(page, project)
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 90_000 })
  expect(server.log).toHaveLength(asked)
})

test('a run is paused, resumed and cancelled, and what it had in hand is dropped at once', async ({ page }) => {
  const project = makeProject('steered')
  // The model never answers, so there is something in hand all the time.
  server.fail({ fault: 'silent' })
  try {
    await signIn(page)
    await startLocalRun(page, project)
    const state = page.getByRole('banner').or(page.locator('header')).first()
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    await expect(state).toContainText('Paused')
    await page.getByRole('button', { name: 'Resume…' }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Resume/ })
      .click()
    await expect(state).toContainText('Running')
    await page.getByRole('button', { name: 'Cancel run…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click()
    await expect(state).toContainText('Cancelled')
    await page.reload()
    await expect(state).toContainText('Cancelled')
    await expect(page.getByRole('button', { name: 'Run again…' })).toBeVisible()
  } finally {
    server.clearFaults()
  }
})

test('a selector may pick the core frames of runs to come', async ({ page }) => {
  const project = makeProject('picked')
  await signIn(page)
  await page.goto(`/projects/${project}/pipeline`)
  const part = page.getByRole('region', { name: 'Core frames' })
  await (await whenAlive(part.getByText('a selector', { exact: true }))).click()
  await part.getByRole('combobox', { name: 'Method of the selector' }).click()
  await page.getByRole('option', { name: 'MMR' }).click()
  await part.getByLabel('Weight of text').fill('0')
  await expect(part.getByRole('alert')).toContainText('Let text or vision count as well')
  await expect(page.getByRole('button', { name: 'Save' })).toHaveAttribute('aria-disabled', 'true')
  await part.getByLabel('Weight of text').fill('2')
  await expect(part.getByRole('alert')).toHaveCount(0)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved for runs to come')).toBeVisible()
  await page.reload()
  await expect(part.getByRole('combobox', { name: 'Method of the selector' })).toContainText('MMR')
  await expect(part.getByLabel('Weight of text')).toHaveValue('2')
})

test('a provider can be tried, a prompt forked, and the settings are kept', async ({ page }) => {
  const project = makeProject('settings')
  await signIn(page)
  await page.goto(`/projects/${project}/pipeline`)
  const test = page.getByRole('button', { name: /^Test/ }).first()
  await (await whenAlive(test)).click()
  await expect(page.getByText(/· \d+(\.\d)? m?s ·/).first()).toBeVisible({ timeout: 60_000 })
})
