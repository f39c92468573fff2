import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { main } from './main'

let stdout = ''
let stderr = ''

beforeEach(() => {
  stdout = ''
  stderr = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text)
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  process.removeAllListeners('SIGINT')
  process.removeAllListeners('SIGTERM')
})

describe('crema', () => {
  it('explains a command and its options', async () => {
    expect(await main(['help', 'sign-in-link'])).toBe(0)
    expect(stdout).toMatch(/^Usage: crema sign-in-link/)
    expect(await main(['sign-in-link', '--help'])).toBe(0)
  })

  it('refuses an unknown command with exit code 2 and no stack', async () => {
    expect(await main(['nope'])).toBe(2)
    expect(stderr).toBe('invalid_input: There is no command "nope". `crema help` lists them.\n')
    expect(stdout).toBe('')
  })

  it.each(['constructor', '__proto__', 'toString'])('is not fooled by %s', async (name) => {
    expect(await main([name])).toBe(2)
  })

  it('refuses an unknown option before it starts a database', async () => {
    expect(await main(['sign-in-link', '--wat=1'])).toBe(2)
    expect(stderr).toContain('--wat')
  })

  it('prints exactly one JSON value with --json, also for a failure', async () => {
    expect(await main(['sign-in-link', '--wat', '--json'])).toBe(2)
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'invalid_input', message: 'There is no option --wat here.', details: { option: '--wat' } },
    })
  })

  it('shows a stack with --debug only', async () => {
    await main(['nope', '--debug'])
    expect(stderr).toMatch(/\n\s+at /)
  })
})
