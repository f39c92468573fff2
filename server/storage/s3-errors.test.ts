import { expect, test } from 'vitest'
import { AppError } from '@/core/errors'
import { readSettings } from '../env'
import { failureOf, isAbsent, storageError } from './s3-errors'

const settings = readSettings({
  S3_BUCKET: 'videos',
  S3_ENDPOINT: 'http://s3:9000',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'hush',
}).s3

const thrown = (name: string, httpStatusCode: number) => Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } })
const codeOf = (error: unknown) => {
  if (settings === null) throw new Error('no settings')
  return storageError(error, settings)
}

test.each([
  ['NoSuchBucket', 404, 'bad_setting', 'S3_BUCKET'],
  ['AccessDenied', 403, 'bad_setting', 'S3_ACCESS_KEY_ID'],
  ['SignatureDoesNotMatch', 403, 'bad_setting', 'S3_SECRET_ACCESS_KEY'],
  ['Unknown', 401, 'bad_setting', 'S3_ACCESS_KEY_ID'],
  ['PermanentRedirect', 301, 'bad_setting', 'S3_REGION'],
  ['QuotaExceeded', 403, 'storage_full', 'quota'],
  ['XMinioStorageFull', 507, 'storage_full', 'Make room'],
  ['InsufficientStorage', 507, 'storage_full', 'Make room'],
  ['Unknown', 507, 'storage_full', 'Make room'],
  ['InternalError', 500, 'unavailable', 'later'],
  ['SlowDown', 503, 'unavailable', 'later'],
  ['TimeoutError', 0, 'unavailable', 'http://s3:9000'],
])('%s (%i) is %s and says what to do', (name, status, code, words) => {
  const error = codeOf(thrown(name, status))
  expect(error.code).toBe(code)
  expect(error.message).toContain(words)
  expect(error.message).not.toContain('hush')
})

test('errors of ours pass, a flood becomes one that is tried again, and anything else is no answer', () => {
  const own = new AppError('missing_file', 'gone')
  expect(codeOf(own)).toBe(own)
  expect(codeOf(new AppError('limit_exceeded', 'too long')).code).toBe('unavailable')
  for (const odd of ['text', null, undefined, new Error('x'), { $metadata: 1 }]) expect(codeOf(odd).code).toBe('unavailable')
})

test('a missing object is absent, a missing bucket is not', () => {
  expect(isAbsent(thrown('NoSuchKey', 404))).toBe(true)
  expect(isAbsent(thrown('NotFound', 404))).toBe(true)
  expect(isAbsent(thrown('NoSuchBucket', 404))).toBe(false)
  expect(isAbsent(thrown('AccessDenied', 403))).toBe(false)
  expect(failureOf('x')).toEqual({ name: 'unknown', status: 0 })
})
