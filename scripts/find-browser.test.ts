import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { findBrowser } from './find-browser.mjs'

let folder = ''

function makeFile(name: string, mode: number): string {
  const file = path.join(folder, name)
  writeFileSync(file, '')
  chmodSync(file, mode)
  return file
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'crema-browser-'))
  vi.stubEnv('PATH', folder)
  vi.stubEnv('CHROMIUM_PATH', '')
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('findBrowser', () => {
  it('prefers CHROMIUM_PATH', () => {
    makeFile('chromium', 0o755)
    const own = makeFile('mine', 0o755)
    vi.stubEnv('CHROMIUM_PATH', own)
    expect(findBrowser()).toBe(own)
  })

  it('does not look elsewhere when CHROMIUM_PATH is wrong', () => {
    makeFile('chromium', 0o755)
    vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium')
    expect(() => findBrowser()).toThrow(/CHROMIUM_PATH names \/nowhere\/chromium/)
  })

  it('takes what is on PATH and can be run', () => {
    expect(findBrowser()).toBeNull()
    makeFile('chromium', 0o644)
    expect(findBrowser()).toBeNull()
    const chrome = makeFile('google-chrome', 0o755)
    expect(findBrowser()).toBe(chrome)
  })
})
