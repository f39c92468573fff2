/** Frames by number, not by luck: player, exact still, core frames taken from them, and boxes drawn on them. */
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { importProject, LEFT, PICTURE, pixelsOf, trainRow } from './annotations'
import { expect, signIn, test } from './crema'
import { clipSpec, countersOf } from './fixtures/clips'
import { readCounter } from './fixtures/counter'
import { idsOf, ReviewPage } from './review-page'

const QUESTION = 'Which cells are light?'
const CORE: readonly number[] = [7, 33]

async function openSample(page: Page, word: string, clip: string, frames: readonly [number, number]): Promise<ReviewPage> {
  const project = importProject(word, [trainRow(clip, frames, QUESTION)], [clip])
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  return review
}

/** Number that the still in the player shows, and number that its read-out names. */
async function exactFrame(page: Page): Promise<{ named: number; shown: number | null }> {
  const still = page.getByRole('region', { name: 'Motion player' }).getByRole('img', { name: /^Frame \d+$/ })
  await expect(still).toBeVisible()
  const named = Number(await still.getAttribute('data-exact'))
  await expect(page.getByRole('region', { name: 'Motion player' })).toContainText(`frame${named}`)
  const picture = await still.evaluate((element) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('The still is no picture')
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: element.naturalWidth, height: element.naturalHeight })
    const context = canvas.getContext('2d')
    context?.drawImage(element, 0, 0)
    const { data, width, height } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [], width: 0, height: 0 }
    return { width, height, rgb: [...data].filter((_, place) => place % 4 !== 3) }
  })
  expect(picture).toMatchObject(PICTURE)
  return { named, shown: readCounter({ ...picture, rgb: Uint8Array.from(picture.rgb) }) }
}

async function shownByStill(review: ReviewPage, index: number): Promise<number | null> {
  const { projectId, videoId } = await idsOf(review)
  const response = await review.page.request.get(`/api/projects/${projectId}/videos/${videoId}/stills/${index}`)
  const { data, info } = await sharp(await response.body())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return readCounter({ width: info.width, height: info.height, rgb: data })
}

for (const clip of ['edit-preroll', 'vfr', 'hevc'] as const) {
  test(`pausing shows the very frame the read-out names, also of ${clip}`, async ({ page }) => {
    const review = await openSample(page, `player-${clip}`, clip, [7, 33])
    const counters = countersOf(clipSpec(clip))
    const player = page.getByRole('region', { name: 'Motion player' })
    await expect(player).toHaveCount(0)
    await review.press('Space')
    await expect(player).toBeVisible()
    const first = await exactFrame(page)
    expect(first).toEqual({ named: 7, shown: counters[7] })

    for (const [key, index] of [
      ['.', 8],
      ['Shift+ArrowRight', 18],
      [',', 17],
      ['End', counters.length - 1],
      ['Home', 0],
    ] as const) {
      await review.press(key)
      await expect(player.getByRole('img', { name: `Frame ${index}`, exact: true })).toBeVisible()
      expect(await exactFrame(page), key).toEqual({ named: index, shown: counters[index] })
    }
    await review.press('Space')
    await expect(player.getByText('in motion')).toBeVisible()
    await expect(player).not.toContainText(/frame0pts/)
    await review.press('k')
    let paused = await exactFrame(page)
    expect(paused.shown).toBe(counters[paused.named])
    while (CORE.includes(paused.named)) {
      await review.press(',')
      await expect(player.getByRole('img', { name: `Frame ${paused.named}`, exact: true })).toHaveCount(0)
      paused = await exactFrame(page)
    }

    await review.press('Enter')
    await expect(player).toHaveCount(0)
    // Core frames stand in the order of time.
    const place = CORE.filter((index) => index < paused.named).length + 1
    await review.isAt(`Core frame ${place}`)
    await review.verdict(`Core frame ${place}`, 'added')
    await expect(review.strip.getByRole('button', { name: new RegExp(`^F${place}, frame ${paused.named}, `) })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Frame', exact: true })).toContainText(`frame${paused.named}`)
    expect(await shownByStill(review, paused.named)).toBe(counters[paused.named])
    await review.isSaved()
  })
}

test('a core frame that is moved makes its boxes stale until somebody looks again', async ({ page }) => {
  const review = await openSample(page, 'stale', 'vfr', [12, 41])
  await review.press('a', 'a', 'a', 'Shift+A', 'Shift+A')
  await review.verdict('Box: upper cell', 'accepted')
  await review.verdict('Box: lower cell', 'accepted')
  await review.item('Core frame 1').click()
  await review.press('.')
  await expect(page.getByText('beside F1 (12)')).toBeVisible()
  await review.press('Escape')
  await expect(page.getByText('beside F1 (12)')).toBeHidden()
  await review.press('.', '.', ',', 'Enter')
  const frame = review.strip.getByRole('button', { name: /^F1, frame 13, .*its boxes are stale/ })
  await expect(frame).toBeVisible()
  await review.verdict('Core frame 1', 'edited')
  await review.verdict('Box: upper cell', 'stale')
  await review.verdict('Box: lower cell', 'accepted')
  expect(await shownByStill(review, 13)).toBe(countersOf(clipSpec('vfr'))[13])
  await expect(page.getByRole('button', { name: /^Approve|^Fix & approve/ })).toHaveAttribute('aria-disabled', 'true')
  await review.item('Box: upper cell').click()
  await review.press('a')
  await review.verdict('Box: upper cell', 'accepted')
  await review.isSaved()

  await page.getByRole('button', { name: 'Change F1' }).click()
  await page.getByRole('menuitem', { name: 'One frame earlier' }).click()
  await expect(review.strip.getByRole('button', { name: /^F1, frame 12, / })).toBeVisible()
  await review.verdict('Box: upper cell', 'stale')
  await page.getByRole('button', { name: 'Change F1' }).click()
  await page.getByRole('menuitem', { name: /^Another frame by index/ }).click()
  await page.getByRole('textbox', { name: 'Frame index' }).fill('41')
  await expect(page.getByRole('button', { name: 'Replace' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('textbox', { name: 'Frame index' }).fill('20')
  await page.getByRole('button', { name: 'Replace' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(review.strip.getByRole('button', { name: /^F1, frame 20, / })).toBeVisible()
  await review.press('Control+z')
  await expect(review.strip.getByRole('button', { name: /^F1, frame 12, / })).toBeVisible()
})

test('a box by four extreme clicks, by a drag, and by keys', async ({ page }) => {
  const review = await openSample(page, 'extreme', 'cfr-25', [10, 30])
  await review.item('Box: upper cell').click()
  const before = await review.screenBox()
  const { x, y, w } = pixelsOf(LEFT)
  const scale = before.w / w
  /** Where a point of the picture is on the screen. */
  const at = (px: number, py: number) => ({ x: before.x + (px - x) * scale, y: before.y + (py - y) * scale })
  const now = review.inspector.getByRole('row', { name: /^now/ }).getByRole('cell')
  const isNear = async (rect: readonly number[]) => {
    for (const [place, wanted] of rect.entries())
      await expect.poll(async () => Math.abs(Number(await now.nth(place).innerText()) - wanted)).toBeLessThan(0.6)
  }

  await review.press('r')
  await expect(page.getByRole('button', { name: 'Four extreme points' })).toHaveAttribute('aria-pressed', 'true')
  for (const point of [at(70, 20), at(40, 55), at(75, 90), at(120, 60)]) await page.mouse.click(point.x, point.y)
  await review.verdict('Box: upper cell', 'edited')
  await isNear([40, 20, 80, 70])
  await expect(page.getByRole('button', { name: 'Select', exact: true })).toHaveAttribute('aria-pressed', 'true')

  await review.press('ArrowLeft', 'Shift+ArrowUp', 'Control+ArrowRight')
  await isNear([39, 10, 81, 70])
  await review.press('Control+z')
  await isNear([40, 20, 80, 70])
  await review.press('Control+z')
  await review.verdict('Box: upper cell', 'unseen')

  await review.press('b')
  await expect(page.getByRole('combobox', { name: 'Object of the box' })).toContainText('lower cell')
  await review.drag(at(90, 60), at(130, 100))
  await expect(review.boxes).toHaveCount(2)
  await isNear([90, 60, 40, 40])
  await expect(review.boxes.nth(1)).toHaveAccessibleName(/^lower cell, added, 40 by 40 pixels at 90, 60/)
  await review.press('Shift+Delete')
  await expect(review.boxes).toHaveCount(1)
  await review.isSaved()
})
