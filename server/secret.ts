import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@/core/errors'

const MIN_LENGTH = 32

function checked(secret: string, where: string): string {
  if (secret.length >= MIN_LENGTH) return secret
  throw new AppError('bad_setting', `${where} is too short to sign cookies with. Use at least ${MIN_LENGTH} random characters.`, { where })
}

/**
 * The key that signs session cookies: `BETTER_AUTH_SECRET`, or 48 random bytes made once and kept in the data folder where
 * only our own user can read them. Losing it signs everybody out and does nothing else.
 */
export function readAuthSecret(dataDir: string, fromEnvironment: string | undefined): string {
  if (fromEnvironment !== undefined && fromEnvironment !== '') return checked(fromEnvironment, 'BETTER_AUTH_SECRET')
  // The build loads this module without serving anybody: it leaves no file behind.
  if (process.env.NEXT_PHASE === 'phase-production-build') return randomBytes(48).toString('base64url')
  const path = join(/* turbopackIgnore: true */ dataDir, 'auth-secret')
  try {
    return checked(readFileSync(path, 'utf8').trim(), path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  mkdirSync(dataDir, { recursive: true })
  try {
    // `wx`: of two processes that start together one writes and the other reads what the first wrote.
    writeFileSync(path, `${randomBytes(48).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return checked(readFileSync(path, 'utf8').trim(), path)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
