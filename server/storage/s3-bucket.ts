/** The few acts on a bucket, each bounded in time, size and number, and its refusals in our codes. */
import { createHash } from 'node:crypto'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { AppError } from '@/core/errors'
import { createGuardedFetch } from '../guarded-fetch'
import type { ByteSpan, LinkOptions } from './blob-store'
import { failureOf, isAbsent, storageError } from './s3-errors'
import { StorageRequests } from './s3-requests'
import type { S3Settings } from './s3-settings'
import { Turnstile } from './turnstile'

const PARALLEL_REQUESTS = 16
const TRIES = 4
/** Long enough for a piece of 16 MiB over a line of 2 Mbit/s. */
const REQUEST_TIMEOUT_MS = 75_000
/** We ask for 8 MiB at most; a service that sends more must not fill our memory. */
const MAX_ANSWER_BYTES = 16 * 1024 ** 2
/** A link stays the same for a while, so that browsers find the bytes in their cache, and is good for twice as long. */
const LINK_ROUND_MS = 15 * 60_000

/** Nothing of the machine's own AWS set-up counts: only our settings do. */
function configOf(settings: S3Settings): S3ClientConfig {
  const send = createGuardedFetch({ origins: settings.origins, maxResponseBytes: MAX_ANSWER_BYTES, timeoutMs: REQUEST_TIMEOUT_MS })
  const { endpoint, region, accessKeyId, secretAccessKey, isPathStyle } = settings
  return {
    ...{ endpoint, region, forcePathStyle: isPathStyle, credentials: { accessKeyId, secretAccessKey } },
    ...{ retryMode: 'standard', maxAttempts: TRIES, defaultsMode: 'standard', useFipsEndpoint: false, useDualstackEndpoint: false },
    ...{ followRegionRedirects: false, expectContinueHeader: false, disableS3ExpressSessionAuth: true },
    // We name the checksums ourselves; those that the client adds of its own break many compatible services.
    ...{ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' },
    requestHandler: new StorageRequests(send),
  }
}

/** The checksum S3 compares with what arrived. */
export const checksumOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64')

export class S3Bucket {
  private readonly client: S3Client
  private readonly turnstile = new Turnstile(PARALLEL_REQUESTS)

  constructor(readonly settings: S3Settings) {
    this.client = new S3Client(configOf(settings))
  }

  /** Runs requests. Throws AppError bad_setting, storage_full, unavailable. */
  act<T>(work: (client: S3Client) => Promise<T>): Promise<T> {
    return this.turnstile.run(async () => {
      try {
        return await work(this.client)
      } catch (thrown) {
        throw storageError(thrown, this.settings)
      }
    })
  }

  /** Size in bytes, or null when there is no such object. */
  async sizeOf(key: string): Promise<number | null> {
    return this.act(async (client) => {
      try {
        return (await client.send(new HeadObjectCommand(this.nameOf(key)))).ContentLength ?? 0
      } catch (thrown) {
        if (isAbsent(thrown)) return null
        throw thrown
      }
    })
  }

  /** One piece of an object, whole. Throws AppError missing_file. */
  async read(key: string, { start, end }: ByteSpan): Promise<Buffer> {
    return this.act(async (client) => {
      try {
        const answer = await client.send(new GetObjectCommand({ ...this.nameOf(key), Range: `bytes=${start}-${end}` }))
        const bytes = Buffer.from((await answer.Body?.transformToByteArray()) ?? [])
        if (bytes.length === end - start + 1) return bytes
        throw new AppError('unavailable', 'The storage sent another part of a file than it was asked for.', { start, end })
      } catch (thrown) {
        if (isAbsent(thrown)) throw new AppError('missing_file', 'A file went out of the storage while it was read.')
        throw thrown
      }
    })
  }

  /** Stores a small object whole. `isNew`: an object that came there meanwhile is left as it is. */
  async put(key: string, bytes: Buffer, isNew: boolean): Promise<void> {
    const request = { ...this.nameOf(key), Body: bytes, ContentLength: bytes.length, ChecksumSHA256: checksumOf(bytes) }
    await this.act((client) => unlessThere(isNew, (condition) => client.send(new PutObjectCommand({ ...request, ...condition }))))
  }

  async remove(key: string): Promise<void> {
    await this.act((client) => client.send(new DeleteObjectCommand(this.nameOf(key))))
  }

  /** A signed address that works for 15 to 30 minutes, and stays the same for up to 15. */
  link(key: string, { contentType, cacheControl, disposition }: LinkOptions): Promise<string> {
    const command = new GetObjectCommand({
      ...this.nameOf(key),
      ResponseContentType: contentType,
      ResponseCacheControl: cacheControl,
      ...(disposition === undefined ? {} : { ResponseContentDisposition: disposition }),
    })
    const signingDate = new Date(Math.floor(Date.now() / LINK_ROUND_MS) * LINK_ROUND_MS)
    return getSignedUrl(this.client, command, { signingDate, expiresIn: (2 * LINK_ROUND_MS) / 1000 })
  }

  nameOf(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.settings.bucket, Key: `${this.settings.prefix}${key}` }
  }
}

const ALREADY_THERE = 412
const NOT_IMPLEMENTED = 501

/**
 * Writes on the condition that the name is free. Names are hashes of the content, so what is there already is as good as ours.
 * Services that do not know the condition are asked without it, and nothing is lost: they write the same bytes again.
 */
export async function unlessThere(isNew: boolean, write: (condition: { IfNoneMatch?: string }) => Promise<unknown>): Promise<void> {
  try {
    await write(isNew ? { IfNoneMatch: '*' } : {})
  } catch (thrown) {
    const { status } = failureOf(thrown)
    if (!isNew || (status !== ALREADY_THERE && status !== NOT_IMPLEMENTED)) throw thrown
    if (status === NOT_IMPLEMENTED) await write({})
  }
}
