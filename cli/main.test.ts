import { describe, expect, it } from 'vitest'
import { main } from './main'
import { catchPrinted } from './printed-for-tests'

const printed = catchPrinted()

describe('crema', () => {
  it('explains a command and its options', async () => {
    expect(await main(['help', 'sign-in-link'])).toBe(0)
    expect(printed.stdout).toMatch(/^Usage: crema sign-in-link/)
    expect(await main(['sign-in-link', '--help'])).toBe(0)
  })

  it('refuses an unknown command with exit code 2 and no stack', async () => {
    expect(await main(['nope'])).toBe(2)
    expect(printed.stderr).toBe('invalid_input: There is no command "nope". `crema help` lists them.\n')
    expect(printed.stdout).toBe('')
  })

  it.each(['constructor', '__proto__', 'toString'])('is not fooled by %s', async (name) => {
    expect(await main([name])).toBe(2)
  })

  it('refuses an unknown option before it starts a database', async () => {
    expect(await main(['sign-in-link', '--wat=1'])).toBe(2)
    expect(printed.stderr).toContain('--wat')
  })

  it('prints exactly one JSON value with --json, also for a failure', async () => {
    expect(await main(['sign-in-link', '--wat', '--json'])).toBe(2)
    expect(JSON.parse(printed.stdout)).toEqual({
      error: { code: 'invalid_input', message: 'There is no option --wat here.', details: { option: '--wat' } },
    })
  })

  it('shows a stack with --debug only', async () => {
    await main(['nope', '--debug'])
    expect(printed.stderr).toMatch(/\n\s+at /)
  })
})
