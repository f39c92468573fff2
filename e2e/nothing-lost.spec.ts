/** Invariant 5 in a real browser: reload, crash, lost network and a second window lose no edit and overwrite none. */
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { importProject, trainRow } from './annotations'
import { expect, signIn, test, watchErrors } from './crema'
import { ReviewPage } from './review-page'

const QUESTION = 'Which cells are light?'

async function openSample(page: Page, word: string): Promise<{ review: ReviewPage; project: string }> {
  const project = importProject(word, [trainRow('cfr-25', [10, 30], QUESTION)], ['cfr-25'])
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  return { review, project }
}

/** Somebody else's browser, at the same sample. */
async function secondWindow(browser: Browser, project: string): Promise<ReviewPage> {
  const page = await (await browser.newContext()).newPage()
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  return review
}

/** Edits (the only POSTs of the review screen) do not get out while `isCut`. */
async function cutSaves(context: BrowserContext): Promise<{ isCut: boolean }> {
  const line = { isCut: true }
  await context.route('**/review**', (route) =>
    line.isCut && route.request().method() === 'POST' ? route.abort('connectionrefused') : route.continue(),
  )
  return line
}

/** Text of everything that waits in IndexedDB of this page. */
function outboxText(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('crema-outbox')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('queues').objectStore('queues').getAll()
          all.onsuccess = () => {
            opening.result.close()
            resolve(JSON.stringify(all.result.map((row: { pending: unknown }) => row.pending)))
          }
        }
      }),
  )
}

async function write(review: ReviewPage, item: string, field: string, text: string) {
  await review.item(item).click()
  await review.isAt(item)
  await review.press('e')
  await review.page.getByRole('textbox', { name: field }).fill(text)
  await review.press('Enter')
}

test('a reload right after each edit loses none', async ({ page }) => {
  const { review } = await openSample(page, 'reload')
  for (const item of ['Question', 'Core frame 1', 'Core frame 2']) {
    await review.isAt(item)
    await review.press('a')
    await review.verdict(item, 'accepted')
    await page.reload()
    await review.ready()
    await review.verdict(item, 'accepted')
  }
  await review.isSaved()
  await review.press('Control+z')
  await review.verdict('Core frame 2', 'unseen')
})

test('a text half written survives the end of the tab', async ({ page, context, expectedErrors }) => {
  expectedErrors.push(/ERR_CONNECTION_REFUSED/)
  const { review, project } = await openSample(page, 'killed')
  // Nothing gets out any more, so that only the device can have kept it.
  const line = await cutSaves(context)
  await review.press('e')
  await page.getByRole('textbox', { name: 'Edit question' }).fill('Which cells are light in the mid')
  await expect.poll(() => outboxText(page)).toContain('in the mid')
  await review.isSaved('On this device')
  // No unload event reaches a page whose process dies.
  const died = page.waitForEvent('crash')
  const session = await context.newCDPSession(page)
  void session.send('Page.crash').catch(() => undefined)
  await died
  line.isCut = false

  const next = await context.newPage()
  const errors = watchErrors(next)
  const again = new ReviewPage(next)
  await again.open(project)
  await expect(again.question).toContainText('Which cells are light in the mid')
  await again.isSaved()
  const elsewhere = new ReviewPage(await context.newPage())
  await elsewhere.open(project)
  await expect(elsewhere.question).toContainText('Which cells are light in the mid')
  expect(errors).toEqual([])
})

test('a closed tab leaves nothing behind that is not sent later', async ({ page, context, expectedErrors }) => {
  expectedErrors.push(/ERR_CONNECTION_REFUSED/)
  const { review, project } = await openSample(page, 'closed')
  const line = await cutSaves(context)
  await review.press('a', 'a')
  await review.verdict('Core frame 1', 'accepted')
  await expect.poll(() => outboxText(page)).toContain('accepted')
  await page.close({ runBeforeUnload: false })
  line.isCut = false

  const again = new ReviewPage(await context.newPage())
  await again.open(project)
  await again.verdict('Question', 'accepted')
  await again.verdict('Core frame 1', 'accepted')
  await again.isSaved()
})

test('edits without a network are kept and sent when it is back', async ({ page, context, browser, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/)
  const { review, project } = await openSample(page, 'offline')
  await review.isSaved()
  await context.setOffline(true)
  await review.press('a')
  await review.isSaved('On this device')
  await write(review, 'Question', 'Edit question', 'Which cells were light offline?')
  await expect(page.getByTestId('save-state').locator('..')).toContainText('2')
  await page.getByTestId('save-state').click()
  await expect(page.getByRole('dialog', { name: 'On this device' })).toContainText('sent as soon as it answers')
  await page.keyboard.press('Escape')
  await context.setOffline(false)
  await review.isSaved()
  const other = await secondWindow(browser, project)
  await expect(other.question).toContainText('Which cells were light offline?')
  await other.page.context().close()
})

test('the save state says Saving until the server has answered', async ({ page }) => {
  const { review } = await openSample(page, 'saving')
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/review**', async (route) => {
    if (route.request().method() === 'POST') await held
    await route.continue()
  })
  await review.press('a')
  await review.verdict('Question', 'accepted')
  await review.isSaved('Saving')
  release()
  await review.isSaved()
})

test('two windows: edits of different records merge by themselves', async ({ page, browser, context, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/)
  const { review, project } = await openSample(page, 'merge')
  const other = await secondWindow(browser, project)
  await context.setOffline(true)
  await review.press('a')
  await review.isSaved('On this device')
  await write(other, 'Answer and task', 'Edit answer', 'It counts on by one.')
  await other.isSaved()
  await context.setOffline(false)
  await review.isSaved()
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('It counts on by one.')
  await review.verdict('Question', 'accepted')
  await other.page.reload()
  await other.ready()
  await other.verdict('Question', 'accepted')
  await expect(other.page.getByRole('region', { name: 'Answer' })).toContainText('It counts on by one.')
  await other.page.context().close()
})

test('two windows: edits of the same record ask which to keep', async ({ page, browser, context, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/)
  const { review, project } = await openSample(page, 'conflict')
  const other = await secondWindow(browser, project)
  await context.setOffline(true)
  await write(review, 'Question', 'Edit question', 'Which cells are light in mine?')
  await review.isSaved('On this device')
  await write(other, 'Question', 'Edit question', 'Which cells are light in theirs?')
  await other.isSaved()
  await context.setOffline(false)

  const dialog = page.getByRole('dialog', { name: '1 record was changed by both of you' })
  await expect(dialog).toBeVisible()
  await review.isSaved('Not merged yet')
  await expect(dialog).toContainText('in mine')
  await expect(dialog).toContainText('in theirs')
  await dialog.getByRole('button', { name: /Decide later/ }).click()
  await review.isSaved('Not merged yet')
  // What is not decided yet survives a reload as well.
  await page.reload()
  await expect(dialog).toBeVisible()
  await dialog.getByRole('radio', { name: 'Yours: keep' }).first().click()
  await dialog.getByRole('button', { name: /^Save merge/ }).click()
  await review.isSaved()
  await expect(review.question).toContainText('Which cells are light in mine?')
  await other.page.reload()
  await other.ready()
  await expect(other.question).toContainText('Which cells are light in mine?')
  await other.page.context().close()
})
