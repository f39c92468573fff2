/**
 * Blobs: immutable content named by its sha256, in a folder of this machine or in a bucket (docs/decisions/0012). Names given
 * by people never become paths or keys here. A blob is complete or absent.
 */
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { AppError } from '@/core/errors'
import { sha256Schema } from '@/core/ids'
import { env } from './env'
import type { BlobFacts, BlobStore, ByteSpan, LinkOptions } from './storage/blob-store'
import { localBlobs } from './storage/local-blobs'
import { hashFile, inStorage, newTempPath, shareFile, writeTemp } from './storage/temp-files'

export type { BlobFacts } from './storage/blob-store'
export { hashFile, inStorage, newTempPath } from './storage/temp-files'

/** `isOurs`: a finished file of ours on the same filesystem, which is moved instead of copied. */
export type BlobSource = Buffer | Readable | { readonly path: string; readonly isOurs?: boolean }

let bucket: Promise<BlobStore> | undefined

/** The bucket's client is large and only loaded where a bucket is set. */
function store(): Promise<BlobStore> | BlobStore {
  const settings = env.s3
  if (settings === null) return localBlobs
  bucket ??= import('./storage/s3-blobs').then(({ openS3Blobs }) => openS3Blobs(settings))
  return bucket
}

/** Throws AppError not_found for what is no sha256, so no name can lead elsewhere. */
function checkName(sha256: string): void {
  if (!sha256Schema.safeParse(sha256).success) throw new AppError('not_found', 'There is no such stored file.')
}

async function sizeOf(sha256: string): Promise<number | null> {
  return sha256Schema.safeParse(sha256).success ? (await store()).sizeOf(sha256) : null
}

export async function hasBlob(sha256: string): Promise<boolean> {
  return (await sizeOf(sha256)) !== null
}

/** Size of a blob. Throws AppError not_found. */
export async function blobBytes(sha256: string): Promise<number> {
  const bytes = await sizeOf(sha256)
  if (bytes === null) throw new AppError('not_found', 'A stored file is missing. `crema doctor` lists what is wrong.', { sha256 })
  return bytes
}

/** Stream of a blob; `start` and `end` are byte positions, `end` inclusive. Throws AppError not_found. */
export async function openBlob(sha256: string, range: Partial<ByteSpan> = {}): Promise<Readable> {
  const bytes = await blobBytes(sha256)
  const span = { start: range.start ?? 0, end: Math.min(range.end ?? bytes - 1, bytes - 1) }
  if (span.end < span.start) return Readable.from([])
  return Readable.from((await store()).read(sha256, span))
}

/** Whole blob in memory. Throws AppError not_found. */
export async function readBlob(sha256: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await openBlob(sha256)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * A file with the blob's content, for programs that need one (the decoder, the picture library). In a bucket it is a copy in
 * the cache folder, which may go when others are used: ask again before each use, and never write to it.
 * Throws AppError not_found (no sha256), missing_file, storage_full, unavailable.
 */
export async function localBlob(sha256: string): Promise<string> {
  checkName(sha256)
  const file = await (await store()).localPath(sha256)
  if (file === null) throw new AppError('missing_file', 'The file is no longer in the storage.', { sha256 })
  return file
}

/** A short-lived address where a browser may read the blob, or null where we send the bytes ourselves. */
export async function linkToBlob(sha256: string, options: LinkOptions): Promise<string | null> {
  checkName(sha256)
  return (await store()).link(sha256, options)
}

/**
 * Stores content and tells its name. Storing the same content again changes nothing.
 * A `path` is copied (shared where the filesystem can); the hash is that of our copy, so a file that changes meanwhile
 * cannot end up under a wrong name. Throws AppError storage_full, missing_file, and with a bucket unavailable, bad_setting.
 */
export async function putBlob(source: BlobSource): Promise<BlobFacts> {
  if (!Buffer.isBuffer(source) && !(source instanceof Readable) && source.isOurs) {
    const facts = await hashFile(source.path)
    await take(source.path, facts)
    await rm(source.path, { force: true })
    return facts
  }
  const temp = await newTempPath()
  try {
    const facts = await inStorage(() => fill(temp, source))
    await take(temp, facts)
    return facts
  } finally {
    await rm(temp, { force: true })
  }
}

/** Takes a blob away. Callers make sure that no row names it. */
export async function removeBlob(sha256: string): Promise<void> {
  checkName(sha256)
  await (await store()).remove(sha256)
}

/** Ends well when blobs can be read and written; otherwise throws an AppError that says what is wrong. */
export async function checkStorage(): Promise<void> {
  // Half-written files and copies lie in the data folder, whatever the store.
  await localBlobs.check()
  await (await store()).check()
}

async function take(file: string, facts: BlobFacts): Promise<void> {
  const place = await store()
  const known = await place.sizeOf(facts.sha256, true)
  if (known === facts.bytes) await place.keepYoung(facts.sha256)
  else await inStorage(() => place.publish(file, facts, known))
}

async function fill(temp: string, source: BlobSource): Promise<BlobFacts> {
  if (!Buffer.isBuffer(source) && !(source instanceof Readable)) {
    if (await shareFile(source.path, temp)) return hashFile(temp)
    const known = await hashFile(source.path)
    // A second import of the same folder must not write everything again.
    if ((await sizeOf(known.sha256)) === known.bytes) return known
    return writeTemp(temp, createReadStream(source.path, { highWaterMark: 1 << 20 }))
  }
  return writeTemp(temp, Buffer.isBuffer(source) ? Readable.from([source]) : source)
}
