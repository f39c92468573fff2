/** Who may see and change what: anonymous, viewer, stranger, foreign site; and what the answers tell a browser to forbid. */
import type { APIRequestContext, APIResponse, Browser, BrowserContext, Page } from '@playwright/test'
import { importProject, trainRow } from './annotations'
import { expect, signIn, test, whenAlive } from './crema'
import { idsOf, ReviewPage } from './review-page'

const QUESTION = 'Which cells are light?'
const makeProject = (word: string) => importProject(word, [trainRow('cfr-25', [10, 30], QUESTION)], ['cfr-25'])

async function codeOf(response: APIResponse): Promise<unknown> {
  const body: unknown = await response.json()
  if (typeof body !== 'object' || body === null || !('error' in body)) return body
  const { error } = body
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : error
}

/** Makes an invitation on the People page and returns its link. */
async function invite(page: Page, project: string, role: string): Promise<string> {
  await page.goto(`/projects/${project}/members`)
  await (await whenAlive(page.getByRole('button', { name: 'Invite' }))).click()
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
  await dialog.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: new RegExp(`^${role}`) }).click()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  return dialog.getByLabel('Invitation link').inputValue()
}

async function join(browser: Browser, link: string, name: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link)
  await whenAlive(page.getByRole('button', { name: 'Join the project' }))
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}-${Date.now()}@example.org`)
  await page.getByRole('button', { name: 'Join the project' }).click()
  await page.waitForURL(/\/projects\//)
  return { page, context }
}

/** The request with which the review screen saves, to be sent again by others. */
async function recordSave(review: ReviewPage): Promise<{ url: string; headers: Record<string, string>; data: string }> {
  const [request] = await Promise.all([
    review.page.waitForRequest((candidate) => candidate.method() === 'POST' && candidate.url().includes('/review')),
    review.press('a'),
  ])
  await review.isSaved()
  const all = await request.allHeaders()
  const headers = Object.fromEntries(
    Object.entries(all).filter(([name]) => ['next-action', 'content-type', 'accept', 'next-router-state-tree'].includes(name)),
  )
  return { url: request.url(), headers, data: request.postData() ?? '' }
}

async function versionOf(request: APIRequestContext, ids: { projectId: string; sampleId: string }): Promise<number> {
  const response = await request.get(`/api/projects/${ids.projectId}/samples/${ids.sampleId}`)
  const body: unknown = await response.json()
  if (typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number') return body.version
  throw new Error(`No version in the answer ${response.status()}`)
}

test('without a session every page leads to the sign-in page, and every route answers 401', async ({ page, request, browser }) => {
  const project = makeProject('anonymous')
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  const { projectId, videoId, sampleId } = await idsOf(review)

  const context = await browser.newContext()
  const anonymous = await context.newPage()
  for (const path of ['', '/review', '/samples', '/videos', '/import', '/selector', '/exports', '/members', '/settings']) {
    await anonymous.goto(`/projects/${project}${path}`)
    await expect(anonymous).toHaveURL(`/sign-in?next=${encodeURIComponent(`/projects/${project}${path}`)}`)
    expect(await anonymous.content()).not.toContain(QUESTION)
  }
  const base = `/api/projects/${projectId}`
  for (const path of [
    `${base}/samples/${sampleId}`,
    `${base}/samples/queue`,
    `${base}/sample-rows`,
    `${base}/imports`,
    `${base}/exports`,
    `${base}/selector-reports`,
    `${base}/videos/${videoId}/file`,
    `${base}/videos/${videoId}/stills/10`,
    `${base}/videos/${videoId}/frames`,
    `${base}/videos/${videoId}/poster`,
  ]) {
    const response = await request.get(path)
    expect(response.status(), path).toBe(401)
    expect(response.headers()['content-type']).toContain('application/json')
    expect(await codeOf(response)).toBe('unauthenticated')
  }
  expect((await request.post('/api/uploads', { headers: { 'tus-resumable': '1.0.0', 'upload-length': '4' } })).status()).toBe(401)
  await context.close()
})

test('a viewer sees and cannot change; elsewhere they are a stranger; removed they are one here too', async ({ page, browser }) => {
  const [project, foreign] = [makeProject('shared'), makeProject('foreign')]
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(foreign)
  const hidden = await idsOf(review)
  await review.open(project)
  const ids = await idsOf(review)
  const save = await recordSave(review)
  const link = await invite(page, project, 'Viewer')
  const { page: guest, context } = await join(browser, link, 'Vera')

  await test.step('sees', async () => {
    const seen = new ReviewPage(guest)
    await seen.open(project)
    await expect(seen.question).toContainText(QUESTION)
    await expect(guest.getByText('You may look, not decide')).toBeVisible()
    await expect(guest.getByRole('button', { name: /^Approve/ })).toHaveCount(0)
    await expect(guest.getByRole('button', { name: 'Draw a box' })).toBeDisabled()
  })
  await test.step('cannot change', async () => {
    const seen = new ReviewPage(guest)
    const before = await versionOf(page.request, ids)
    await seen.press('Tab')
    await seen.isAt('Core frame 2')
    await seen.press('a', 'e')
    await expect(guest.getByRole('textbox')).toHaveCount(0)
    await seen.verdict('Core frame 2', 'unseen')
    // The same request that saved as administrator, sent with the session of the viewer.
    const forged = await context.request.post(save.url, { headers: { ...save.headers, origin: new URL(save.url).origin }, data: save.data })
    expect(await forged.text()).toContain('"code":"forbidden"')
    expect(await versionOf(page.request, ids)).toBe(before)
    await guest.goto(`/projects/${project}`)
    await expect(guest.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Import' })).toHaveCount(0)
    await guest.goto(`/projects/${project}/import`)
    await expect(guest.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
    await expect(guest.getByTestId('import-files')).toHaveCount(0)
    await guest.goto(`/projects/${project}/members`)
    await expect(guest.getByRole('button', { name: 'Invite' })).toHaveCount(0)
  })
  await test.step('a stranger elsewhere', async () => {
    for (const path of ['', '/review', '/samples', '/videos', '/exports', '/members', '/settings']) {
      expect((await guest.goto(`/projects/${foreign}${path}`))?.status(), path).toBe(404)
      await expect(guest.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
    }
    const strange = `/api/projects/${hidden.projectId}`
    const mixed = `/api/projects/${ids.projectId}`
    for (const path of [
      `${strange}/samples/${hidden.sampleId}`,
      `${strange}/videos/${hidden.videoId}/file`,
      `${strange}/videos/${hidden.videoId}/stills/10`,
      `${strange}/exports`,
      // An id of the strange project under the own one.
      `${mixed}/samples/${hidden.sampleId}`,
      `${mixed}/videos/${hidden.videoId}/file`,
      `${mixed}/videos/${hidden.videoId}/stills/10`,
    ]) {
      const response = await context.request.get(path)
      expect(response.status(), path).toBe(404)
      expect(await codeOf(response)).toBe('not_found')
    }
  })
  await test.step('the invitation works once', async () => {
    const other = await browser.newContext()
    const late = await other.newPage()
    await late.goto(link)
    await expect(late.getByRole('heading', { name: 'This link was used' })).toBeVisible()
    await other.close()
  })
  await test.step('removed', async () => {
    await page.goto(`/projects/${project}/members`)
    await (await whenAlive(page.getByRole('button', { name: 'More about Vera' }))).click()
    await page.getByRole('menuitem', { name: /^Remove from project/ }).click()
    await page.getByRole('dialog', { name: 'Remove Vera?' }).getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByText('Vera is no longer a member')).toBeVisible()
    expect((await guest.goto(`/projects/${project}`))?.status()).toBe(404)
    expect((await context.request.get(`/api/projects/${ids.projectId}/videos/${ids.videoId}/file`)).status()).toBe(404)
  })
  await context.close()
})

test('another site can change nothing with the session of a visitor', async ({ page }) => {
  const project = makeProject('origin')
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  const ids = await idsOf(review)
  const save = await recordSave(review)
  const before = await versionOf(page.request, ids)
  const metadata = `projectId ${btoa(ids.projectId)},name ${btoa('a.json')},purpose ${btoa('annotations')}`
  const upload = { 'tus-resumable': '1.0.0', 'upload-length': '4', 'upload-metadata': metadata }
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}, { 'sec-fetch-site': 'cross-site' }]) {
    const response = await page.request.post('/api/uploads', { headers: { ...upload, ...headers } })
    expect(response.status(), JSON.stringify(headers)).toBe(403)
    expect(await codeOf(response)).toBe('wrong_origin')
  }
  const forged = await page.request.post(save.url, {
    headers: { ...save.headers, origin: 'https://evil.example' },
    data: save.data.replace(/[0-9a-f]{8}(?=-[0-9a-f]{4}-7)/, '00000000'),
  })
  expect(await forged.text()).not.toContain('"ok":true')
  expect(await versionOf(page.request, ids)).toBe(before)
  const own = await page.request.post('/api/uploads', { headers: { ...upload, origin: new URL(save.url).origin } })
  expect(own.status(), 'the same request from our own page').toBe(201)
})

test('pages and media forbid what a browser could do wrong with them', async ({ page }) => {
  const project = makeProject('headers')
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  const { projectId, videoId } = await idsOf(review)
  for (const path of [`/projects/${project}/review`, `/projects/${project}`, '/keyboard']) {
    const headers = (await page.request.get(path)).headers()
    expect(headers['content-security-policy'], path).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['referrer-policy']).toBeTruthy()
  }
  const videos = `/api/projects/${projectId}/videos/${videoId}`
  for (const [path, type] of [
    [`${videos}/file`, 'video/mp4'],
    [`${videos}/stills/10`, 'image/'],
    [`${videos}/poster`, 'image/'],
    [`${videos}/frames`, 'application/json'],
  ] as const) {
    const headers = (await page.request.get(path)).headers()
    expect(headers['content-type'], path).toContain(type)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers['cache-control']).toContain('private')
  }
})

test('the video route answers ranges as a player needs them', async ({ page }) => {
  const project = makeProject('ranges')
  await signIn(page)
  const review = new ReviewPage(page)
  await review.open(project)
  const { projectId, videoId } = await idsOf(review)
  const get = (headers: Record<string, string>) => page.request.get(`/api/projects/${projectId}/videos/${videoId}/file`, { headers })
  const whole = await get({})
  const bytes = await whole.body()
  const size = bytes.length
  const tag = whole.headers().etag ?? ''
  expect(whole.status()).toBe(200)
  expect(whole.headers()).toMatchObject({ 'accept-ranges': 'bytes', 'content-type': 'video/mp4' })
  expect(tag).toMatch(/^"[0-9a-f]{64}"$/)
  const cases = [
    { range: 'bytes=0-99', from: 0, to: 100 },
    { range: 'bytes=100-', from: 100, to: size },
    { range: 'bytes=-64', from: size - 64, to: size },
    { range: `bytes=${size - 1}-${size + 500}`, from: size - 1, to: size },
    { range: `bytes=-${size * 2}`, from: 0, to: size },
  ]
  for (const { range, from, to } of cases) {
    const part = await get({ range })
    expect(part.status(), range).toBe(206)
    expect(part.headers()['content-range']).toBe(`bytes ${from}-${to - 1}/${size}`)
    expect((await part.body()).equals(bytes.subarray(from, to)), range).toBe(true)
  }
  for (const range of [`bytes=${size}-`, `bytes=${size + 10}-${size + 20}`, 'bytes=-0']) {
    const refused = await get({ range })
    expect(refused.status(), range).toBe(416)
    expect(refused.headers()['content-range']).toBe(`bytes */${size}`)
  }
  for (const range of ['bytes=abc', 'bytes=9-3', 'lines=0-9']) expect((await get({ range })).status(), range).toBe(200)
  expect((await get({ range: 'bytes=0-9', 'if-range': tag })).status()).toBe(206)
  expect((await get({ range: 'bytes=0-9', 'if-range': '"another"' })).status()).toBe(200)
  expect((await get({ 'if-none-match': tag })).status()).toBe(304)
})

test('who signs out is out, also with the cookie kept elsewhere', async ({ page, browser }) => {
  await signIn(page)
  const kept = await page.context().storageState()
  const elsewhere = await browser.newContext({ storageState: kept })
  expect((await elsewhere.request.get('/', { maxRedirects: 0 })).status()).not.toBe(401)
  await page.goto('/?all')
  const button = page.getByRole('button', { name: /sign-out/i })
  await (await whenAlive(button)).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL('**/sign-in')
  const late = await elsewhere.newPage()
  await late.goto('/?all')
  await expect(late).toHaveURL(/\/sign-in/)
  await elsewhere.close()
})
