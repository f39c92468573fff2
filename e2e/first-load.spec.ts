/** Menus, dialogs and lists come after the first picture: no key is lost until then, and none of them needs a line afterwards. */
import type { Page } from '@playwright/test'
import { importProject, trainRow } from './annotations'
import { expect, signIn, test, whenAlive } from './crema'
import { ReviewPage } from './review-page'

const ROWS = [trainRow('cfr-25', [10, 30], 'Which cells are light?')]

/** Opens the review screen and keeps back every script it asks for after it was loaded, until the function is called. */
async function openWithoutLate(page: Page, word: string): Promise<{ review: ReviewPage; release: () => void }> {
  const project = importProject(word, ROWS, ['cfr-25'])
  await signIn(page)
  let isLoaded = false
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/chunks/**', async (route) => {
    if (isLoaded) await held
    await route.continue()
  })
  page.once('load', () => {
    isLoaded = true
  })
  const review = new ReviewPage(page)
  await page.goto(`/projects/${project}/review`)
  await whenAlive(review.item('Question'))
  await review.isAt('Question')
  return { review, release }
}

test('keys typed while a popover is still being fetched reach it, in order', async ({ page }) => {
  const { review, release } = await openWithoutLate(page, 'late-keys')
  // The digit chooses a reason. On the page itself it would go to a step.
  await review.press('x', '1')
  await review.isAt('Question')
  await review.verdict('Question', 'unseen')
  release()
  await review.verdict('Question', 'rejected')
  await review.isSaved()
})

test('text typed while a dialog is still being fetched stands in its field', async ({ page }) => {
  const { review, release } = await openWithoutLate(page, 'late-text')
  await review.press('?')
  await page.keyboard.type('loupe')
  release()
  await expect(page.getByRole('dialog', { name: 'Keyboard' }).getByRole('searchbox')).toHaveValue('loupe')
})

test('without a line, everything that opens still opens', async ({ page, context }) => {
  const project = importProject('no-line', ROWS, ['cfr-25'])
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await review.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await review.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await review.press('x')
  await expect(page.getByRole('dialog', { name: /^Why is this wrong/ })).toBeVisible()
  await review.press('Escape')
  await page.getByRole('button', { name: /Theme and sign-out/ }).click()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await review.press('Escape')
  await review.item('Answer and task').click()
  await page.getByRole('combobox', { name: 'Task' }).click()
  await expect(page.getByRole('listbox')).toBeVisible()
})
