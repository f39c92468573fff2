/**
 * Blobs: immutable files named by the sha256 of their content, below `CREMA_DATA/blobs`. Names given by people never become
 * paths here. A blob is complete or absent: temp file on the same filesystem, fsync, rename, fsync of the folder.
 */
import { createHash, randomUUID } from 'node:crypto'
import { constants, createReadStream, type ReadStream } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@/core/errors'
import { type Sha256, sha256Schema } from '@/core/ids'
import { env } from './env'

/** `isOurs`: a finished file of ours on the same filesystem, which is moved instead of copied. */
export type BlobSource = Buffer | Readable | { readonly path: string; readonly isOurs?: boolean }
export type BlobFacts = { readonly sha256: Sha256; readonly bytes: number }

const FULL_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG'])

/** Folder of half-written files; everything in it may be deleted while nothing runs. */
export function tempFolder(): string {
  return path.join(env.dataDir, 'tmp')
}

/** A fresh path for a half-written file, on the same filesystem as the blobs. */
export async function newTempPath(): Promise<string> {
  await mkdir(tempFolder(), { recursive: true })
  return path.join(tempFolder(), randomUUID())
}

/** Path of a blob, there or not. Throws AppError not_found for what is no sha256, so no name can lead elsewhere. */
export function blobPath(sha256: string): string {
  if (!sha256Schema.safeParse(sha256).success) throw new AppError('not_found', 'There is no such stored file.')
  return path.join(env.dataDir, 'blobs', sha256.slice(0, 2), sha256)
}

/** Size in bytes, or null when the blob is not there. */
async function sizeOf(sha256: string): Promise<number | null> {
  try {
    return (await stat(blobPath(sha256))).size
  } catch {
    return null
  }
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
export async function openBlob(sha256: string, range: { start?: number; end?: number } = {}): Promise<ReadStream> {
  await blobBytes(sha256)
  return createReadStream(blobPath(sha256), range)
}

/** Whole blob in memory. Throws AppError not_found. */
export async function readBlob(sha256: string): Promise<Buffer> {
  await blobBytes(sha256)
  const file = await open(blobPath(sha256))
  try {
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/**
 * Stores content and tells its name. Storing the same content again changes nothing.
 * A `path` is copied (shared where the filesystem can); the hash is that of our copy, so a file that changes meanwhile
 * cannot end up under a wrong name. Throws AppError storage_full, missing_file.
 */
export async function putBlob(source: BlobSource): Promise<BlobFacts> {
  if (!Buffer.isBuffer(source) && !(source instanceof Readable) && source.isOurs) return adopt(source.path)
  const temp = await inStorage(() => newTempPath())
  try {
    const facts = await inStorage(() => fill(temp, source))
    if ((await sizeOf(facts.sha256)) === facts.bytes) await keepYoung(facts.sha256)
    else await inStorage(() => publish(temp, facts.sha256))
    return facts
  } finally {
    await rm(temp, { force: true })
  }
}

/** Takes a blob away. Callers make sure that no row names it. */
export async function removeBlob(sha256: string): Promise<void> {
  await rm(blobPath(sha256), { force: true })
}

/** Hash of a file without storing it. Throws AppError missing_file. */
export async function hashFile(file: string): Promise<BlobFacts> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (cause) {
    throw new AppError('missing_file', 'A file is not there or cannot be read.', {}, { cause })
  }
  return { sha256: sha256Schema.parse(hash.digest('hex')), bytes }
}

async function adopt(file: string): Promise<BlobFacts> {
  const facts = await hashFile(file)
  if ((await sizeOf(facts.sha256)) === facts.bytes) {
    await keepYoung(facts.sha256)
    await rm(file, { force: true })
  } else await inStorage(() => publish(file, facts.sha256))
  return facts
}

async function fill(temp: string, source: BlobSource): Promise<BlobFacts> {
  if (!Buffer.isBuffer(source) && !(source instanceof Readable)) {
    if (await shareFile(source.path, temp)) return hashFile(temp)
    const known = await hashFile(source.path)
    // A second import of the same folder must not write everything again.
    if ((await sizeOf(known.sha256)) === known.bytes) return known
    return write(temp, createReadStream(source.path, { highWaterMark: 1 << 20 }))
  }
  return write(temp, Buffer.isBuffer(source) ? Readable.from([source]) : source)
}

/** Copy-on-write copy; false where the filesystem has none. */
async function shareFile(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE_FORCE)
    return true
  } catch (error) {
    await rm(to, { force: true })
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new AppError('missing_file', 'A file is not there or cannot be read.', {}, { cause: error })
    }
    return false
  }
}

async function write(temp: string, source: Readable): Promise<BlobFacts> {
  const hash = createHash('sha256')
  let bytes = 0
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const file = await open(temp, 'wx', 0o640)
  await pipeline(source, meter, file.createWriteStream({ flush: true }))
  return { sha256: sha256Schema.parse(hash.digest('hex')), bytes }
}

async function publish(temp: string, sha256: Sha256): Promise<void> {
  const target = blobPath(sha256)
  await mkdir(path.dirname(target), { recursive: true })
  await syncPath(temp)
  await rename(temp, target)
  await syncPath(path.dirname(target))
}

/** The sweep of orphans spares young blobs: a blob stored again is about to be named by a row. */
async function keepYoung(sha256: Sha256): Promise<void> {
  const now = new Date()
  await utimes(blobPath(sha256), now, now).catch(() => undefined)
}

async function syncPath(target: string): Promise<void> {
  const file = await open(target, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Runs a write and turns "no space" and its kin into the coded error. */
async function inStorage<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && FULL_CODES.has(error.code)) {
      throw new AppError(
        'storage_full',
        `The storage cannot be written (${error.code}). Free space in the data folder; nothing half-written stays.`,
        {
          cause: error.code,
        },
      )
    }
    throw error
  }
}
