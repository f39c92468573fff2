/** No serious finding of axe on any page, in both themes; `?` opens the sheet of keys on each. */
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { importProject, tagged, trainRow } from './annotations'
import { expect, signIn, signInLink, test, whenAlive } from './crema'
import { ReviewPage } from './review-page'

const QUESTION = 'Which cells are light?'
const THEMES = ['dark', 'light'] as const
const SHOWN = ['serious', 'critical']

/** One sample without a fault, one with an empty box and a bad task, one whose video is missing. */
const ROWS = [
  trainRow('cfr-25', [10, 30], QUESTION),
  trainRow('cfr-25', [11, 40], 'What do the two images have in common?', { evidence: `The ${tagged('edge')} stays.`, task: 'Odd task' }),
  trainRow('cfr-25', [1, 2], 'Where is the video?', { video_path: 'clips/missing.mp4' }),
]

async function useTheme(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  const { origin } = new URL((await page.context().storageState()).origins[0]?.origin ?? page.url())
  await page.context().addCookies([{ name: 'crema-theme', value: theme, url: origin }])
}

/** Serious findings in words: rule, elements, what is wrong. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => SHOWN.includes(impact ?? ''))
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.failureSummary ?? ''})`).join('; ')}`,
    )
}

async function look(page: Page, name: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-theme', /dark|light/)
  expect(await findings(page), name).toEqual([])
}

/** The sheet of keys, opened and closed with the keyboard. */
async function openHelp(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Keyboard' })
  // The first key may come before the page listens.
  await expect(async () => {
    await page.keyboard.press('?')
    await expect(sheet).toBeVisible({ timeout: 2000 })
  }).toPass()
  await expect(sheet.getByText('Decide and next')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
}

for (const theme of THEMES) {
  test(`every page is accessible in the ${theme} theme`, async ({ page, expectedErrors }) => {
    test.setTimeout(180_000)
    expectedErrors.push(/404 \(Not Found\)/)
    const project = importProject(`axe-${theme}`, ROWS, ['cfr-25'])
    await page.goto('/sign-in')
    await useTheme(page, theme)
    for (const path of ['/sign-in', signInLink(), '/sign-in?token=not-a-token']) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await look(page, path.replace(/token=.*/, 'token'))
      await openHelp(page)
    }
    await signIn(page)
    const pages = [
      '/?all',
      '/keyboard',
      '/nowhere',
      ...[
        '',
        '/samples',
        '/samples?q=nothing+like+it',
        '/videos',
        '/import',
        '/exports',
        '/selector',
        '/members',
        '/settings',
        '/no-page',
      ].map((part) => `/projects/${project}${part}`),
    ]
    for (const path of pages) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
      // What is loading is shown as such and goes; findings in it would be of a moment.
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      await look(page, path)
      await openHelp(page)
    }
  })

  test(`the review screen is accessible in the ${theme} theme`, async ({ page }) => {
    test.setTimeout(500_000)
    const project = importProject(`axe-review-${theme}`, ROWS, ['cfr-25'])
    await signIn(page)
    await useTheme(page, theme)
    const review = new ReviewPage(page)
    await review.open(project, '?order=import')
    await test.step('a sample as it opens', () => look(page, 'review'))
    await openHelp(page)
    await test.step('the sheet of keys', async () => {
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
      await look(page, 'keyboard')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden()
    })
    await test.step('every item with all its verdicts', async () => {
      for (const item of ['Core frame 1', 'Step 1', 'Box: upper cell', 'Sufficiency', 'Answer and task']) {
        await review.item(item).click()
        await review.isAt(item)
        await look(page, item)
        await review.press('a')
      }
    })
    await test.step('a text under edit, a rejection, the difference', async () => {
      await review.item('Step 2').click()
      await review.press('e')
      await expect(page.getByRole('textbox', { name: /step/i })).toBeVisible()
      await look(page, 'step editor')
      await review.press('Escape', 'x')
      await expect(page.getByText('Why is this wrong? Step 2')).toBeVisible()
      await look(page, 'reasons')
      await review.press('1', 'Shift+D')
      await look(page, 'draft and now')
      await page.getByRole('button', { name: /^Reject…/ }).click()
      await expect(page.getByRole('dialog', { name: 'Reject this sample' })).toBeVisible()
      await look(page, 'reject dialog')
      await review.press('Escape')
    })
    await test.step('the player', async () => {
      await page.getByRole('button', { name: 'Open the player' }).click()
      await expect(page.getByRole('region', { name: 'Motion player' })).toBeVisible()
      await expect(page.getByText('exact frame', { exact: true })).toBeVisible()
      await look(page, 'player')
      await review.press('Escape')
    })
    await test.step('the panel that suggests core frames', async () => {
      await review.press('c')
      const panel = page.getByRole('region', { name: 'Suggest core frames' })
      await expect(panel.getByRole('list', { name: 'Proposed frames' })).toBeVisible({ timeout: 240_000 })
      await look(page, 'suggestion')
      await review.press('Escape')
      await expect(panel).toHaveCount(0)
    })
    await test.step('samples with flags, without a video', async () => {
      await review.choose('What do the two images have in common?')
      await look(page, 'flags')
      await review.row('Where is the video?').click()
      await expect(page.getByText('The video of this sample is missing')).toBeVisible()
      await look(page, 'missing video')
      await openHelp(page)
    })
  })
}

test('the review screen has its controls in reach of the keyboard, and bare keys rest while one types', async ({ page }) => {
  const project = importProject('axe-keys', [trainRow('cfr-25', [10, 30], QUESTION)], ['cfr-25'])
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  await test.step('F6 reaches every part of the screen', async () => {
    const parts = page.locator('[data-region]')
    const count = await parts.count()
    expect(count).toBeGreaterThan(3)
    for (let part = 0; part < count; part += 1) {
      await review.press('F6')
      await expect(parts.nth(part).locator(':focus')).toHaveCount(1)
    }
  })
  await test.step('boxes can be chosen and moved without a mouse', async () => {
    await (await whenAlive(review.boxes.first())).focus()
    await review.press('Enter')
    await expect(review.boxes.first()).toHaveAttribute('aria-pressed', 'true')
    const before = await review.boxes.first().getAttribute('aria-label')
    await review.press('ArrowRight', 'Shift+ArrowDown')
    await review.verdict('Box: upper cell', 'edited')
    await expect(review.boxes.first()).not.toHaveAccessibleName(before ?? '')
  })
  await test.step('letters typed into a field are text', async () => {
    await review.item('Question').click()
    await review.press('e')
    const field = page.getByRole('textbox', { name: 'Edit question' })
    await field.press('End')
    await page.keyboard.type(' xas?')
    await expect(field).toHaveValue(`${QUESTION} xas?`)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await review.press('Escape')
    await review.verdict('Question', 'edited')
  })
})
