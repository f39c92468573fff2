/** What the browser tests share: a page that fails on any error of ours, the command line, and the way in. */
import { spawnSync } from 'node:child_process'
import { test as base, expect, type Locator, type Page } from '@playwright/test'

/** Runs the command line against the server under test. `value` = its one JSON value, `code` = its exit code. */
export function runCrema(...words: string[]): { code: number; value: unknown } {
  const environment = { ...process.env, PORT: process.env.CREMA_E2E_PORT, HOST: '127.0.0.1', CREMA_DATA: process.env.CREMA_E2E_DATA }
  const ran = spawnSync(process.execPath, ['cli/crema.mjs', ...words, '--json'], { env: environment, encoding: 'utf8' })
  if (ran.stdout.trim() === '') throw new Error(`crema ${words.join(' ')} printed nothing (exit ${ran.status}).\n${ran.stderr}`)
  return { code: ran.status ?? 1, value: JSON.parse(ran.stdout) }
}

/** The same for commands that must succeed. */
export function crema(...words: string[]): unknown {
  const { code, value } = runCrema(...words)
  if (code !== 0) throw new Error(`crema ${words.join(' ')} ended with ${code}: ${JSON.stringify(value)}`)
  return value
}

/** A fresh link that signs in as the administrator. */
export function signInLink(): string {
  const value = crema('sign-in-link')
  if (typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string') return value.url
  throw new Error('crema sign-in-link printed no address')
}

/** Waits until React answers on this element: before that a press is the browser's own, and lost. */
export async function whenAlive(target: Locator): Promise<Locator> {
  await expect
    .poll(() => target.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps'))), {
      message: 'the page has come alive',
    })
    .toBe(true)
  return target
}

/** Follows a sign-in link. Opening it is not enough: a preview of the link must not use it up. */
export async function followLink(page: Page, link: string): Promise<void> {
  await page.goto(link)
  const button = await whenAlive(page.getByRole('button', { name: /open crema|sign in|continue/i }))
  await button.click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

export const signIn = (page: Page): Promise<void> => followLink(page, signInLink())

/** A name nobody has used, which is also its own address part. */
export function freshName(word: string): string {
  return `${word}-${Date.now().toString(36)}`
}

/** Collects errors on the page's console and uncaught ones, content security policy violations among them. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
  })
  return errors
}

/**
 * `pageErrors` must be empty at the end. A test that brings an error about on purpose names it with `expectedErrors.push`:
 * the browser itself logs refused requests as errors.
 */
export const test = base.extend<{ expectedErrors: RegExp[]; pageErrors: string[] }>({
  expectedErrors: async ({}, use) => {
    await use([])
  },
  pageErrors: [
    async ({ page, expectedErrors }, use) => {
      const errors = watchErrors(page)
      await use(errors)
      const surprising = errors.filter((error) => !expectedErrors.some((expected) => expected.test(error)))
      expect(surprising, 'errors on the console').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }
