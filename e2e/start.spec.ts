import { expect, followLink, signIn, signInLink, test } from './crema'

test('health names every part', async ({ request }) => {
  const response = await request.get('/api/health')
  expect(response.status()).toBe(200)
  expect(await response.json()).toEqual({ status: 'ok', db: 'ok', queue: 'ok', storage: 'ok', worker: 'ok' })
})

test('the printed link signs in, once', async ({ page, browser }) => {
  const link = signInLink()
  await followLink(page, link)
  const cookies = await page.context().cookies()
  const session = cookies.find((cookie) => cookie.name.includes('session'))
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' })

  const stranger = await browser.newContext()
  const second = await stranger.newPage()
  await second.goto(link)
  await expect(second.getByRole('button', { name: /open crema|sign in/i })).toHaveCount(0)
  expect((await stranger.cookies()).find((cookie) => cookie.name.includes('session_token'))).toBeUndefined()
  await stranger.close()
})

test('pages forbid foreign scripts and frames', async ({ page }) => {
  const response = await page.goto('/sign-in')
  const headers = response?.headers() ?? {}
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic' 'wasm-unsafe-eval';/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain("'unsafe-eval'")
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['x-powered-by']).toBeUndefined()
})

test('the first page after signing in runs without an error', async ({ page }) => {
  await signIn(page)
  await expect(page.locator('main')).toBeVisible()
})
