/** The samples list: its filter lives in the address, its order is by risk, its rows open the sample they show. */
import type { Locator, Page } from '@playwright/test'
import { importProject, LEFT, tagged, trainRow } from './annotations'
import { expect, signIn, test, whenAlive } from './crema'
import { ReviewPage } from './review-page'

const CLEAN = 'Which cells are light?'
const EMPTY_BOX = 'What moves through the scene?'
const FRAME_TALK = 'What do the two images show?'
const STORY = 'How does the count go on?'
const ROWS = [
  trainRow('cfr-25', [10, 30], CLEAN),
  trainRow('cfr-25', [11, 31], FRAME_TALK),
  trainRow('cfr-25', [12, 32], EMPTY_BOX, {
    evidence: `In the first frame the ${tagged('upper cell', LEFT)} is light. In the second frame the ${tagged('edge')} has moved.`,
    task: 'Narrative Analysis',
  }),
  trainRow('cfr-25', [13, 33], STORY, { task: 'Narrative Analysis' }),
]

const makeProject = (word: string) => importProject(word, ROWS, ['cfr-25'])

function listOf(page: Page) {
  const filter = page.getByRole('complementary', { name: 'Filter' })
  return {
    rows: page.getByRole('region', { name: 'Samples' }).getByRole('link'),
    choice: (name: string | RegExp) => filter.getByRole('checkbox', { name }),
    search: page.getByRole('searchbox', { name: 'Search questions' }),
  }
}

async function openList(page: Page, project: string, query = '') {
  await page.goto(`/projects/${project}/samples${query}`)
  const list = listOf(page)
  await whenAlive(list.search)
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  return list
}

const shows = (rows: Locator, questions: readonly string[]) => expect(rows).toHaveText([...questions])

test('the filter is in the address, and survives a reload, a visit and a link', async ({ page }) => {
  const project = makeProject('filter')
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  await review.choose(STORY)
  await page.getByRole('button', { name: /^Reject…/ }).click()
  await page.getByRole('button', { name: /Q1/ }).click()
  await review.press('Control+Enter')
  await expect(review.row(STORY)).toContainText('rejected by you')

  const { rows, choice, search } = await openList(page, project)
  await expect(rows).toHaveCount(4)
  await choice('Narrative Structuring').click()
  await expect(page).toHaveURL(/[?&]task=narrative_structuring/)
  await expect(rows).toHaveCount(2)
  await choice('Rejected').click()
  await expect(page).toHaveURL(/state=rejected/)
  await shows(rows, [STORY])
  await page.reload()
  await shows(rows, [STORY])
  await expect(choice('Rejected')).toBeChecked()
  await expect(choice('Narrative Structuring')).toBeChecked()

  await openList(page, project)
  await choice(/^B1 /).click()
  await expect(page).toHaveURL(/flag=B1/)
  await shows(rows, [EMPTY_BOX])
  await search.fill('moves scene')
  await expect(page).toHaveURL(/q=moves\+scene/)
  await shows(rows, [EMPTY_BOX])
  const address = page.url()
  await rows.first().click()
  await review.shows(EMPTY_BOX)
  await expect(page).toHaveURL(/flag=B1/)
  await page.goBack()
  await expect(page).toHaveURL(address)
  await shows(rows, [EMPTY_BOX])
  await expect(search).toHaveValue('moves scene')

  await search.fill('moves nowhere')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect(rows).toHaveCount(4)
  await page.goto(address)
  await shows(rows, [EMPTY_BOX])
})

test('list and queue are ordered by risk, or as asked', async ({ page }) => {
  const project = makeProject('order')
  await signIn(page)
  const { rows } = await openList(page, project)
  const byRisk = [EMPTY_BOX, FRAME_TALK, CLEAN, STORY]
  await shows(rows, byRisk)
  const risks = await page
    .getByTitle(/^Risk /)
    .evaluateAll((marks) => marks.map((mark) => Number(mark.getAttribute('title')?.split(' ')[1])))
  expect(risks).toHaveLength(4)
  expect(risks).toEqual([...risks].sort((a, b) => b - a))
  expect(risks[0]).toBeGreaterThanOrEqual(0.6)

  const review = new ReviewPage(page)
  const queue = review.queue.getByRole('listitem')
  await review.open(project)
  await expect(review.question).toContainText(EMPTY_BOX)
  await expect(queue).toHaveCount(4)
  for (const [place, question] of byRisk.entries()) await expect(queue.nth(place)).toContainText(question)
  await expect(review.row(EMPTY_BOX)).toContainText('B1')

  await openList(page, project)
  await page.getByRole('combobox', { name: 'Order' }).click()
  await page.getByRole('option', { name: 'As imported' }).click()
  await expect(page).toHaveURL(/order=import/)
  await shows(rows, [CLEAN, FRAME_TALK, EMPTY_BOX, STORY])
  await page.getByRole('main').getByRole('link', { name: 'Review 4' }).click()
  await review.shows(CLEAN)
  for (const [place, question] of [CLEAN, FRAME_TALK, EMPTY_BOX, STORY].entries()) await expect(queue.nth(place)).toContainText(question)
})

test('a row opens its sample, with the mouse or with keys', async ({ page }) => {
  const project = makeProject('open')
  await signIn(page)
  const review = new ReviewPage(page)
  const { rows } = await openList(page, project)
  await rows.filter({ hasText: CLEAN }).click()
  await review.shows(CLEAN)
  await page.goBack()
  await shows(rows, [EMPTY_BOX, FRAME_TALK, CLEAN, STORY])
  await whenAlive(rows.first())
  await review.press('j', 'Enter')
  await review.shows(FRAME_TALK)
  await review.press('PageDown')
  await review.shows(CLEAN)
  await page.goBack()
  await review.shows(FRAME_TALK)
})
