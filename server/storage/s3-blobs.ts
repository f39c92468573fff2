/** Blobs in a bucket that several machines share: `<prefix>blobs/ab/ab…`. Loaded only where a bucket is set. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { env } from '../env'
import { BlobCache } from './blob-cache'
import type { BlobStore, ByteSpan } from './blob-store'
import { KnownSizes } from './known-sizes'
import { S3Bucket } from './s3-bucket'
import type { S3Settings } from './s3-settings'
import { PART_BYTES, uploadParts } from './upload-parts'

/** Pieces are asked for one after the other. The first is small, so that a player has its first bytes soon. */
const FIRST_READ_BYTES = 1024 ** 2
const MAX_READ_BYTES = 8 * 1024 ** 2
const PROBE_KEY = 'probe'
const PROBE = Buffer.from('Crema writes and reads this to see whether the bucket works.\n')
/** Monitoring asks often; a bucket that worked a moment ago need not be written again. */
const CHECK_GOOD_FOR_MS = 10_000

const keyOf = (sha256: string) => `blobs/${sha256.slice(0, 2)}/${sha256}`

export function openS3Blobs(settings: S3Settings): BlobStore {
  const bucket = new S3Bucket(settings)
  const known = new KnownSizes()
  const cache = new BlobCache(path.join(env.dataDir, 'blob-cache'), settings.cacheBytes, (sha256) => readAll(sha256))
  let checkedAtMs = Number.NEGATIVE_INFINITY

  async function sizeOf(sha256: string, isFresh = false): Promise<number | null> {
    const seen = isFresh ? null : known.find(sha256, Date.now())
    if (seen !== null) return seen
    const bytes = await bucket.sizeOf(keyOf(sha256))
    if (bytes !== null) known.note(sha256, bytes, Date.now())
    return bytes
  }

  async function* read(sha256: string, { start, end }: ByteSpan): AsyncIterable<Buffer> {
    let at = start
    for (let bytes = FIRST_READ_BYTES; at <= end; bytes = Math.min(2 * bytes, MAX_READ_BYTES)) {
      yield await bucket.read(keyOf(sha256), { start: at, end: Math.min(end, at + bytes - 1) })
      at += bytes
    }
  }

  async function* readAll(sha256: string): AsyncIterable<Buffer> {
    const bytes = (await sizeOf(sha256)) ?? 0
    if (bytes > 0) yield* read(sha256, { start: 0, end: bytes - 1 })
  }

  return {
    sizeOf,
    read,
    async publish(temp, facts, present) {
      const { sha256, bytes } = facts
      const isNew = present === null
      if (bytes > PART_BYTES) await uploadParts(bucket, keyOf(sha256), temp, facts, isNew)
      else await bucket.put(keyOf(sha256), await readFile(temp), isNew)
      known.note(sha256, bytes, Date.now())
      // Who has just stored a file mostly goes on to work with it.
      await cache.adopt(temp, sha256)
    },
    async keepYoung() {
      // Nothing sweeps a bucket.
    },
    async remove(sha256) {
      known.forget(sha256)
      await bucket.remove(keyOf(sha256))
      await cache.remove(sha256)
    },
    async localPath(sha256) {
      return (await cache.find(sha256)) ?? ((await sizeOf(sha256)) === null ? null : cache.fileOf(sha256))
    },
    async check() {
      if (Date.now() - checkedAtMs < CHECK_GOOD_FOR_MS) return
      await bucket.put(PROBE_KEY, PROBE, false)
      await bucket.read(PROBE_KEY, { start: 0, end: PROBE.length - 1 })
      checkedAtMs = Date.now()
    },
    async link(sha256, options) {
      return settings.isPresigned ? bucket.link(keyOf(sha256), options) : null
    },
  }
}
