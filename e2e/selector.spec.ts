/**
 * Story: a reviewer doubts the drafted core frames and presses one key. The selector looks at the pixels on their own machine, says which
 * frames it would take and why, and a second key adopts them. Nothing of it may hold the reviewer up, run a model that is not the one the
 * server names, or end in silence when the graphics card goes away.
 */
import { type Browser, chromium, type Locator, type Page, expect as plainExpect, type Route } from '@playwright/test'
import { ensureBrowser } from '@/scripts/find-browser.mjs'
import { importProject, trainRow } from './annotations'
import { expect, signIn, test } from './crema'
import { ReviewPage } from './review-page'

const QUESTION = 'Why does the person stand beside the car?'
const ROWS = [
  trainRow('cfr-25', [10, 30], QUESTION),
  trainRow('cfr-25', [1, 2], 'Where is the video?', { video_path: 'clips/missing.mp4' }),
]
/** Two models are fetched, checked and run on a processor that others load too. */
const LONG = { timeout: 240_000 }

class SelectorPanel {
  readonly panel: Locator
  readonly frames: Locator
  readonly fresh: Locator
  readonly method: Locator

  constructor(readonly page: Page) {
    this.panel = page.getByRole('region', { name: 'Suggest core frames' })
    this.frames = this.panel.getByRole('list', { name: 'Proposed frames' })
    this.fresh = this.frames.locator('[data-proposal="new"]')
    this.method = this.panel.getByRole('combobox', { name: 'Method' })
  }

  async answered(): Promise<void> {
    await expect(this.frames).toBeVisible(LONG)
    await expect(this.panel.getByRole('progressbar')).toHaveCount(0, LONG)
  }

  /** Another choice of a list, and the answer to it. */
  async choose(list: string, choice: RegExp): Promise<void> {
    await this.panel.getByRole('combobox', { name: list }).click()
    await this.page.getByRole('option', { name: choice }).click()
  }
}

async function open(page: Page, word: string): Promise<{ review: ReviewPage; selector: SelectorPanel }> {
  const project = importProject(word, ROWS, ['cfr-25'])
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project, '?order=import')
  return { review, selector: new SelectorPanel(page) }
}

test('a reviewer has core frames suggested, adopts one, adopts all, and takes it back', async ({ page }) => {
  test.setTimeout(900_000)
  const { review, selector } = await open(page, 'suggest')
  await test.step('one key opens the panel, which asks by itself and says where it ran and why there', async () => {
    await review.press('c')
    await selector.answered()
    await expect(selector.panel).toContainText('wasm')
    await expect(selector.panel.getByText(/candidates? .*WebGPU/)).toBeVisible()
    await expect(selector.panel.getByText(/^\d+ proposed/)).toBeVisible()
  })
  await test.step('another method ranks anew; three methods stand side by side', async () => {
    await selector.choose('Method', /^Top-k/)
    await expect(selector.fresh).toHaveCount(3, LONG)
    await selector.answered()
    const table = selector.panel.getByRole('region', { name: 'Compare methods' })
    for (const name of ['Top-k', 'Adaptive k', 'AKS'])
      await expect(table.getByRole('button', { name: new RegExp(`^${name} \\d`) })).toBeVisible()
    await table.getByRole('button', { name: /^Adaptive k/ }).click()
    await expect(table.getByRole('button', { name: /^Adaptive k/ })).toHaveAttribute('aria-pressed', 'true')
    await expect(selector.panel.getByRole('list', { name: 'Legend' })).toHaveText(/Relevance.*Top-k.*Adaptive k/)
  })
  const card = selector.fresh.first()
  const index = Number((await card.getByRole('button', { name: /^Adopt frame/ }).getAttribute('aria-label'))?.replace(/\D/g, ''))
  await test.step('a proposed frame is looked at beside the core frames', async () => {
    await card.getByRole('button', { name: `Show proposed frame ${index}` }).click()
    await expect(selector.panel.getByText(`shown: frame ${index}`)).toBeVisible()
    await expect(review.stage).toHaveAttribute('data-state', 'ready')
    await review.press('Escape')
    await expect(selector.panel.getByText(/^shown:/)).toHaveCount(0)
  })
  await test.step('one is adopted, says where it came from, and is taken back', async () => {
    await card.getByRole('button', { name: /^Adopt frame/ }).click()
    await expect(review.item('Core frame 3')).toBeVisible()
    await expect(selector.frames.getByText('Adopted')).toHaveCount(1)
    await expect(review.inspector).toContainText(/selector topk in browser \(wasm, \d+ threads?\)/)
    await review.press('Control+z')
    await expect(review.item('Core frame 3')).toHaveCount(0)
    await expect(selector.fresh).toHaveCount(3)
  })
  await test.step('all are adopted by one key, in one act', async () => {
    await review.press('Enter')
    await expect(review.item('Core frame 5')).toBeVisible()
    await expect(selector.fresh).toHaveCount(0)
    await review.press('Control+z')
    await expect(review.item('Core frame 3')).toHaveCount(0)
    await review.press('Control+Shift+z')
    await expect(review.item('Core frame 5')).toBeVisible()
    await review.isSaved()
  })
  await test.step('what was adopted is there after a reload, with its origin', async () => {
    await page.reload()
    await review.ready()
    await expect(review.item('Core frame 5')).toBeVisible()
    const marks = page.getByRole('region', { name: 'Timeline' }).getByRole('list', { name: 'Core frames' })
    await marks.getByRole('button', { name: new RegExp(`, frame ${index},`) }).click()
    await expect(review.inspector).toContainText('selector topk in browser')
  })
  await test.step('a second question on the same video decodes and looks at nothing', async () => {
    await review.press('c')
    await selector.answered()
    await expect(selector.panel.getByText(/embeddings cached/)).toBeVisible()
    await review.press('Escape')
    await expect(selector.panel).toHaveCount(0)
  })
})

test('a model file that is not the one the server names is refused, in words', async ({ page, context }) => {
  test.setTimeout(700_000)
  const { review, selector } = await open(page, 'corrupt')
  const flip = async (route: Route) => {
    const response = await route.fetch()
    const body = await response.body()
    body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1
    await route.fulfill({ response, body })
  }
  await context.route('**/api/models/*', flip)
  await review.press('c')
  await expect(selector.panel.getByRole('alert')).toContainText(
    /model file .* is not the one that the server's list names, so it was not run/,
    LONG,
  )
  await expect(selector.frames).toHaveCount(0)
  await context.unroute('**/api/models/*', flip)
  await selector.panel.getByRole('button', { name: /^Start again/ }).click()
  await selector.answered()
})

test('nothing holds up a person who types, and Escape ends it at once', async ({ page, context }) => {
  test.setTimeout(700_000)
  const { review, selector } = await open(page, 'cancel')
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const hold = async (route: Route) => {
    await held
    await route.continue().catch(() => {})
  }
  await context.route('**/api/models/*', hold)
  await review.press('c')
  await expect(selector.panel.getByRole('progressbar')).toBeVisible()
  await test.step('letters go to the text under edit', async () => {
    await review.item('Question').click()
    await review.press('e')
    const field = page.getByRole('textbox', { name: 'Edit question' })
    await field.press('End')
    await page.keyboard.type(' cc')
    await expect(field).toHaveValue(`${QUESTION} cc`)
    await field.press('Control+z')
    await review.press('Escape')
    await expect(field).toHaveCount(0)
    await expect(selector.panel.getByRole('progressbar')).toBeVisible()
  })
  await test.step('Escape ends the question while its models are still on the line', async () => {
    await review.press('Escape')
    await expect(selector.panel.getByText('Cancelled before there was an answer.')).toBeVisible()
    await expect(selector.panel.getByRole('progressbar')).toHaveCount(0)
  })
  await test.step('the next question gets its answer', async () => {
    release()
    await context.unroute('**/api/models/*', hold)
    await review.press('c')
    await selector.answered()
    await review.press('Escape')
    await expect(selector.panel).toHaveCount(0)
  })
})

test('without a video, or where a sample is decided, nothing can be adopted', async ({ page }) => {
  test.setTimeout(700_000)
  const { review, selector } = await open(page, 'read-only')
  await review.row('Where is the video?').click()
  await expect(page.getByText('The video of this sample is missing')).toBeVisible()
  await review.press('c')
  await expect(selector.panel).toContainText('This sample has no video.')
  await review.press('Escape')
  await review.choose(QUESTION)
  const sampleId = review.sampleId()
  await page.getByRole('button', { name: /^Reject…/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Reject this sample' })
  await dialog.getByRole('button', { name: /Q1/ }).click()
  await dialog.getByRole('button', { name: /^Reject/ }).click()
  await expect(review.row(QUESTION)).toContainText('rejected by you')
  await page.goto(`${page.url().split('?')[0]}?order=import&sample=${sampleId}`)
  await review.shows(QUESTION)
  await review.press('c')
  await selector.answered()
  await expect(selector.panel).toContainText('read-only: frames can be looked at, not adopted')
  await expect(selector.panel.getByRole('button', { name: /^Adopt frame/ })).toHaveCount(0)
  await review.press('Enter')
  await expect(review.item('Core frame 3')).toHaveCount(0)
})

test('a graphics card that goes away in the middle is replaced by the processor, and the screen says so', async ({ baseURL }) => {
  test.setTimeout(900_000)
  const args = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args })
  try {
    const page = await browser.newPage({ ...(baseURL === undefined ? {} : { baseURL }) })
    const { review, selector } = await open(page, 'lost')
    await test.step('a software adapter is not taken unasked, and named', async () => {
      await review.press('c')
      await selector.answered()
      await expect(selector.panel.getByText(/software one \(.*swiftshader.*\)/i)).toBeVisible()
    })
    await test.step('asked for, it runs; ended in the middle, the answer comes all the same', async () => {
      await forgetLooks(page)
      await review.ready()
      // The question that the panel asks by itself, on the processor, is not the one that is to be ended.
      await review.press('c')
      await expect(selector.panel.getByRole('progressbar')).toBeVisible()
      await review.press('Escape')
      await expect(selector.panel.getByRole('progressbar')).toHaveCount(0)
      await selector.choose('Runs on', /^WebGPU/)
      await expect(selector.panel.getByText(/^Looking at frames/)).toBeVisible(LONG)
      await crashGpu(browser)
      await expect(selector.panel.getByText(/The work went on on the processor/)).toBeAttached(LONG)
      await expect(selector.panel).toContainText('wasm')
      await plainExpect(selector.fresh.first()).toBeVisible()
    })
  } finally {
    await browser.close()
  }
})

/** What was seen of the video is kept in this browser; a page that has forgotten it must look again. */
async function forgetLooks(page: Page): Promise<void> {
  const address = page.url()
  await page.goto('/keyboard')
  await page.evaluate(async () => {
    const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes('selector') ? [name] : []))
    if (names.length === 0) throw new Error('No database of the selector')
    await Promise.all(
      names.map(
        (name) =>
          new Promise((resolve, reject) => {
            const request = indexedDB.deleteDatabase(name)
            request.onsuccess = resolve
            request.onerror = () => reject(request.error)
          }),
      ),
    )
  })
  await page.goto(address)
}

async function crashGpu(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession()
  await session.send('Browser.crashGpuProcess')
  await session.detach()
}
