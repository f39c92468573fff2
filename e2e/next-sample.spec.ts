/** From one sample to the next: stage and toolbar stay where they are, and nothing of the sample before stays with them. */
import type { Page } from '@playwright/test'
import { importProject, LEFT, PICTURE, pixelsOf, trainRow } from './annotations'
import { expect, signIn, test } from './crema'
import { clipSpec, countersOf } from './fixtures/clips'
import { readCounter } from './fixtures/counter'
import { ReviewPage } from './review-page'

const SAMPLES = [
  { question: 'Which cells are light at first?', clip: 'edit-preroll', frames: [7, 33] },
  { question: 'Which cells are light later?', clip: 'vfr', frames: [5, 9] },
  { question: 'Which cells are light at the end?', clip: 'edit-preroll', frames: [20, 40] },
] as const

async function openFirst(page: Page, word: string): Promise<ReviewPage> {
  const rows = SAMPLES.map(({ question, clip, frames }) => trainRow(clip, frames, question))
  const project = importProject(word, rows, ['edit-preroll', 'vfr'])
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project, '?order=import')
  return review
}

/** Where the picture lies on the screen, found by the box of which the file says where it is; and how large one of its pixels is. */
async function pictureOf(review: ReviewPage): Promise<{ x: number; y: number; scale: number }> {
  const box = await review.screenBox()
  const inside = pixelsOf(LEFT)
  const scale = box.w / inside.w
  return { x: box.x - inside.x * scale, y: box.y - inside.y * scale, scale }
}

/** The number in the picture that the stage's lowest canvas holds now. */
async function counterOnStage(review: ReviewPage): Promise<number | null> {
  const picture = await pictureOf(review)
  const rgb = await review.stage.evaluate(
    (host, { x, y, scale, width, height }) => {
      const [lowest] = host.getElementsByTagName('canvas')
      const small = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
      if (lowest === undefined || small === null) throw new Error('The stage has no canvas')
      const bounds = lowest.getBoundingClientRect()
      small.drawImage(lowest, x - bounds.x, y - bounds.y, width * scale, height * scale, 0, 0, width, height)
      return [...small.getImageData(0, 0, width, height).data].filter((_, place) => place % 4 !== 3)
    },
    { ...picture, ...PICTURE },
  )
  return readCounter({ ...PICTURE, rgb: Uint8Array.from(rgb) })
}

const countPainted = (page: Page) => page.evaluate(() => performance.getEntriesByName('review:sample-painted').length)

/** Goes on by a key and waits for no more than the mark that says the sample is painted. */
async function go(review: ReviewPage, key: 'PageDown' | 'PageUp'): Promise<void> {
  const before = await countPainted(review.page)
  await review.press(key)
  await review.page.waitForFunction((count) => performance.getEntriesByName('review:sample-painted').length > count, before)
}

async function showsSample(review: ReviewPage, place: 0 | 1 | 2): Promise<void> {
  const { question, clip, frames } = SAMPLES[place]
  expect(await counterOnStage(review), question).toBe(countersOf(clipSpec(clip))[frames[0]])
  await expect(review.question).toContainText(question)
  await expect(review.page.getByRole('region', { name: 'Frame', exact: true })).toContainText(`frame${frames[0]}`)
}

test('the stage shows the frame of the sample the moment it says so, there and back', async ({ page }) => {
  const review = await openFirst(page, 'there-and-back')
  await showsSample(review, 0)
  for (const [key, place] of [
    ['PageDown', 1],
    ['PageDown', 2],
    ['PageUp', 1],
    ['PageUp', 0],
  ] as const) {
    await go(review, key)
    await showsSample(review, place)
  }
})

test('zoom, tool and selection of a sample end with it', async ({ page }) => {
  const review = await openFirst(page, 'begins-anew')
  const tools = page.getByRole('toolbar', { name: 'Stage' })
  const { scale: fitted } = await pictureOf(review)
  await review.press('+', '+')
  await expect.poll(async () => (await pictureOf(review)).scale).toBeGreaterThan(fitted * 1.4)
  await expect(tools.getByRole('button', { name: 'Fit' })).toHaveAttribute('aria-pressed', 'false')
  await review.press('b')
  await expect(tools.getByRole('button', { name: 'Draw a box' })).toHaveAttribute('aria-pressed', 'true')

  await go(review, 'PageDown')
  await showsSample(review, 1)
  expect((await pictureOf(review)).scale).toBeCloseTo(fitted, 6)
  await expect(tools.getByRole('button', { name: 'Fit' })).toHaveAttribute('aria-pressed', 'true')
  await expect(tools.getByRole('button', { name: 'Select' })).toHaveAttribute('aria-pressed', 'true')
  await review.isAt('Question')

  // The keys of the view work anew, as often as on the sample before.
  await review.press('+')
  await expect.poll(async () => (await pictureOf(review)).scale).toBeGreaterThan(fitted * 1.2)
  await go(review, 'PageUp')
  await showsSample(review, 0)
  expect((await pictureOf(review)).scale).toBeCloseTo(fitted, 6)
})

test('a box under the hand when the sample goes stays where it was', async ({ page }) => {
  const review = await openFirst(page, 'under-the-hand')
  await review.item('Box: upper cell').click()
  const box = await review.screenBox()
  const middle = { x: box.x + box.w / 2, y: box.y + box.h / 2 }
  await page.mouse.move(middle.x, middle.y)
  await page.mouse.down()
  await page.mouse.move(middle.x + 40, middle.y + 30, { steps: 4 })
  await expect.poll(async () => (await review.screenBox()).x).toBeGreaterThan(box.x + 20)
  await go(review, 'PageDown')
  await page.mouse.move(middle.x + 80, middle.y + 60, { steps: 4 })
  await page.mouse.up()
  await showsSample(review, 1)
  expect((await review.screenBox()).x).toBeCloseTo(box.x, 6)
  await review.isSaved()

  await go(review, 'PageUp')
  await showsSample(review, 0)
  expect((await review.screenBox()).x).toBeCloseTo(box.x, 6)
  await review.isSaved()
  await expect(page.getByRole('button', { name: 'Nothing to undo' })).toBeVisible()
})

test('a button pressed for one sample does not take the next key for another', async ({ page }) => {
  const review = await openFirst(page, 'free-hands')
  await page.getByRole('contentinfo').getByRole('button', { name: /^Skip/ }).click()
  await review.shows(SAMPLES[1].question)
  await expect(review.row(SAMPLES[0].question)).toContainText('skipped')
  await review.press('Enter')
  await review.press('a')
  await review.verdict('Question', 'accepted')
  await expect(review.question).toContainText(SAMPLES[1].question)
  await expect(review.row(SAMPLES[1].question)).not.toContainText('skipped')
})
