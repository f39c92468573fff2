import { describe, expect, it } from 'vitest'
import { AppError, ERROR_CODES, type ErrorCode, exitCodeOf, isErrorBody, toAppError } from './errors'

describe('an error body', () => {
  const body = new AppError('not_found', 'There is no such sample.', { sampleId: 'x' }).toBody()

  it('is recognised after its way through JSON', () => {
    expect(isErrorBody(JSON.parse(JSON.stringify(body)))).toBe(true)
  })

  it.each<[string, unknown]>([
    ['nothing', null],
    ['undefined', undefined],
    ['a sentence', 'not_found'],
    ['a list', ['not_found', 'x']],
    ['no message', { code: 'not_found' }],
    ['a message that is none', { code: 'not_found', message: 5 }],
    ['a foreign code', { code: 'ENOENT', message: 'x' }],
    ['a number as code', { code: 404, message: 'x' }],
    // What every object inherits is no code of ours.
    ['an inherited code', { code: 'constructor', message: 'x' }],
    ['toString as code', { code: 'toString', message: 'x' }],
  ])('is not %s', (_name, value) => {
    expect(isErrorBody(value)).toBe(false)
  })
})

describe('toAppError', () => {
  it('lets our own errors through untouched', () => {
    const own = new AppError('storage_full', 'No space left.')
    expect(toAppError(own)).toBe(own)
  })

  it.each([new Error('password=hunter2'), 'password=hunter2', { password: 'hunter2' }, null, undefined])(
    'says nothing of what was thrown: %j',
    (thrown) => {
      const error = toAppError(thrown)
      expect(error.code).toBe('internal')
      expect(error.status).toBe(500)
      expect(JSON.stringify(error.toBody())).not.toContain('hunter2')
      expect(error.cause).toBe(thrown)
    },
  )
})

describe('what a script sees', () => {
  it.each<[ErrorCode, 1 | 2]>([
    ['bad_row', 2],
    ['bad_file', 2],
    ['missing_file', 2],
    ['bad_setting', 2],
    ['media_crashed', 2],
    ['unauthenticated', 1],
    ['version_conflict', 1],
    ['storage_full', 1],
    ['unavailable', 1],
    ['internal', 1],
  ])('%s ends with %i', (code, exit) => {
    expect(exitCodeOf(code)).toBe(exit)
  })

  it('never blames the caller for a fault of ours', () => {
    for (const [code, status] of Object.entries(ERROR_CODES)) {
      if (status >= 500 && code !== 'bad_setting') expect(exitCodeOf(code as ErrorCode), code).toBe(1)
    }
  })
})
