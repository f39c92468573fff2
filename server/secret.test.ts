import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readAuthSecret } from './secret'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-secret-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('makes a secret once, for our own user only', () => {
  const data = join(folder, 'not', 'there', 'yet')
  const secret = readAuthSecret(data, undefined)
  expect(secret.length).toBeGreaterThanOrEqual(48)
  expect(readAuthSecret(data, '')).toBe(secret)
  expect(statSync(join(data, 'auth-secret')).mode & 0o777).toBe(0o600)
})

it('prefers the environment', () => {
  expect(readAuthSecret(folder, 'e'.repeat(32))).toBe('e'.repeat(32))
})

it('refuses secrets that can be guessed, naming where they came from', () => {
  expect(() => readAuthSecret(folder, 'short')).toThrow(/BETTER_AUTH_SECRET/)
  writeFileSync(join(folder, 'auth-secret'), 'short')
  expect(() => readAuthSecret(folder, undefined)).toThrow(/auth-secret/)
})
