/** What the browser tests share: a page that fails on any error of ours, and the way in. */
import { execFileSync } from 'node:child_process'
import { test as base, expect, type Page } from '@playwright/test'

/** Runs the command line against the server under test and returns its one JSON value. */
export function crema(...words: string[]): unknown {
  const environment = { ...process.env, PORT: process.env.CREMA_E2E_PORT, HOST: '127.0.0.1', CREMA_DATA: process.env.CREMA_E2E_DATA }
  const output = execFileSync(process.execPath, ['cli/crema.mjs', ...words, '--json'], { env: environment, encoding: 'utf8' })
  return JSON.parse(output)
}

/** A fresh link that signs in as the administrator. */
export function signInLink(): string {
  const value = crema('sign-in-link')
  if (typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string') return value.url
  throw new Error('crema sign-in-link printed no address')
}

/** Follows a sign-in link. Opening it is not enough: a preview of the link must not use it up. */
export async function followLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: /open crema|sign in|continue/i }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

export const signIn = (page: Page): Promise<void> => followLink(page, signInLink())

/** Errors on the page's console and uncaught ones, content security policy violations among them. */
export const test = base.extend<{ pageErrors: string[] }>({
  pageErrors: [
    async ({ page }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text())
      })
      await use(errors)
      expect(errors, 'errors on the console').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
