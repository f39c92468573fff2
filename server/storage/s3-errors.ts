/** What a bucket says when it refuses, in our codes and in words that tell an administrator where to look. */
import { AppError } from '@/core/errors'
import type { S3Settings } from './s3-settings'

const FULL = new Set(['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage', 'XMinioAdminBucketQuotaExceeded'])
const REFUSED = new Set([
  'AccessDenied',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'AuthorizationHeaderMalformed',
  'RequestTimeTooSkewed',
])
const ELSEWHERE = new Set(['PermanentRedirect', 'TemporaryRedirect', 'IllegalLocationConstraintException'])

/** Name and HTTP status of what the client threw. */
export function failureOf(thrown: unknown): { name: string; status: number } {
  if (!(thrown instanceof Error)) return { name: 'unknown', status: 0 }
  const metadata = '$metadata' in thrown && typeof thrown.$metadata === 'object' ? thrown.$metadata : null
  const status = metadata !== null && 'httpStatusCode' in metadata ? Number(metadata.httpStatusCode ?? 0) : 0
  return { name: thrown.name, status }
}

/** Whether the named thing is not there. A bucket that is not there is something else. */
export function isAbsent(thrown: unknown): boolean {
  const { name, status } = failureOf(thrown)
  return name !== 'NoSuchBucket' && (name === 'NoSuchKey' || name === 'NotFound' || status === 404)
}

/** Throws nothing; an AppError passes through. */
export function storageError(thrown: unknown, { bucket, endpoint }: S3Settings): AppError {
  if (thrown instanceof AppError) {
    if (thrown.code !== 'limit_exceeded') return thrown
    return new AppError('unavailable', `The storage at ${endpoint} sent more than it was asked for.`, {}, { cause: thrown })
  }
  const { name, status } = failureOf(thrown)
  const facts = { storage: name, status }
  const because = { cause: thrown }
  if (name === 'NoSuchBucket') {
    return new AppError('bad_setting', `There is no bucket “${bucket}” at ${endpoint}. Create it, or correct S3_BUCKET.`, facts, because)
  }
  if (FULL.has(name) || status === 507) {
    return new AppError('storage_full', `The bucket “${bucket}” takes no more (${name}). Make room or raise its quota.`, facts, because)
  }
  if (ELSEWHERE.has(name) || status === 301 || status === 307) {
    return new AppError('bad_setting', `The bucket “${bucket}” is not at ${endpoint}. Correct S3_REGION or S3_ENDPOINT.`, facts, because)
  }
  if (REFUSED.has(name) || status === 401 || status === 403) {
    return new AppError(
      'bad_setting',
      `The storage refused our key (${name}). Look at S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY; the key must list the bucket “${bucket}”, and read, write and delete in it.`,
      facts,
      because,
    )
  }
  return new AppError('unavailable', `The storage at ${endpoint} does not answer as it should. Try again later.`, facts, because)
}
