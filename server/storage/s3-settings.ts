/** Settings of a bucket, put together from the variables that `server/env.ts` has parsed one by one. */
import { AppError } from '@/core/errors'

export type S3Variables = {
  readonly S3_BUCKET?: string | undefined
  readonly S3_ENDPOINT?: string | undefined
  readonly S3_REGION: string
  readonly S3_ACCESS_KEY_ID?: string | undefined
  readonly S3_SECRET_ACCESS_KEY?: string | undefined
  readonly S3_FORCE_PATH_STYLE?: 'on' | 'off' | undefined
  readonly S3_PREFIX?: string | undefined
  readonly S3_PRESIGN: 'on' | 'off'
  readonly S3_CACHE_BYTES: number
}

export type S3Settings = {
  readonly bucket: string
  /** Address of the service, without a trailing slash. */
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly isPathStyle: boolean
  /** Begin of every key, empty or ending with a slash. */
  readonly prefix: string
  /** Browsers fetch from the bucket by signed links; otherwise all bytes pass through us. */
  readonly isPresigned: boolean
  readonly cacheBytes: number
  /** Everything we ask this bucket at, and nothing else. */
  readonly origins: readonly string[]
  /** Where signed links lead: the only one of the origins that a browser is sent to. */
  readonly linkOrigin: string
}

function missing(setting: string, why: string): never {
  throw new AppError('bad_setting', `The setting ${setting} is missing: ${why}.`, { setting })
}

/** `https://bucket.host:port`, or null: an address in numbers has no names before it. */
function hostedOrigin(endpoint: string, bucket: string): string | null {
  const url = new URL(endpoint)
  const origin = `${url.protocol}//${bucket}.${url.host}`
  return URL.canParse(origin) ? origin : null
}

function originsOf(endpoint: string, bucket: string, isPathStyle: boolean): Pick<S3Settings, 'origins' | 'linkOrigin'> {
  const { origin } = new URL(endpoint)
  const hosted = hostedOrigin(endpoint, bucket)
  // The client's own rule: a name with dots stays in the path, because no certificate covers such a host.
  const linkOrigin = isPathStyle || hosted === null || bucket.includes('.') ? origin : hosted
  return { origins: hosted === null ? [origin] : [origin, hosted], linkOrigin }
}

/** Null where no bucket is set. Throws AppError bad_setting naming a variable that does not go with the others. */
export function s3SettingsOf(variables: S3Variables): S3Settings | null {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = variables
  if (bucket === undefined) {
    // A bucket that was forgotten must not end in files on one machine that look stored.
    if (variables.S3_ENDPOINT !== undefined) missing('S3_BUCKET', 'S3_ENDPOINT is set, so files are meant to go into a bucket')
    return null
  }
  if (accessKeyId === undefined) missing('S3_ACCESS_KEY_ID', 'a bucket needs a key')
  if (secretAccessKey === undefined) missing('S3_SECRET_ACCESS_KEY', 'a bucket needs a key')
  const endpoint = (variables.S3_ENDPOINT ?? `https://s3.${variables.S3_REGION}.amazonaws.com`).replace(/\/+$/, '')
  const prefix = (variables.S3_PREFIX ?? '').replace(/^\/+|\/+$/g, '')
  const isPathStyle = (variables.S3_FORCE_PATH_STYLE ?? (variables.S3_ENDPOINT === undefined ? 'off' : 'on')) === 'on'
  return {
    ...{ bucket, endpoint, accessKeyId, secretAccessKey, region: variables.S3_REGION },
    isPathStyle,
    prefix: prefix === '' ? '' : `${prefix}/`,
    isPresigned: variables.S3_PRESIGN === 'on',
    cacheBytes: variables.S3_CACHE_BYTES,
    ...originsOf(endpoint, bucket, isPathStyle),
  }
}
