/** Half-written files: content goes here first, is hashed on its way, and gets its name only when it is whole. */
import { createHash, randomUUID } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@/core/errors'
import { sha256Schema } from '@/core/ids'
import { env } from '../env'
import type { BlobFacts } from './blob-store'

const FULL_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EFBIG'])

/** Folder of half-written files; everything in it may be deleted while nothing runs. */
function tempFolder(): string {
  return path.join(env.dataDir, 'tmp')
}

/** A fresh path for a half-written file, on the same filesystem as the blobs. Throws AppError storage_full. */
export async function newTempPath(): Promise<string> {
  await inStorage(() => mkdir(tempFolder(), { recursive: true }))
  return path.join(tempFolder(), randomUUID())
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

/** Copy-on-write copy; false where the filesystem has none. Throws AppError missing_file. */
export async function shareFile(from: string, to: string): Promise<boolean> {
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

/** Writes a stream into a new file, flushed, and tells what it was. */
export async function writeTemp(temp: string, source: Readable): Promise<BlobFacts> {
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

export async function syncPath(target: string): Promise<void> {
  const file = await open(target, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Runs a write and turns "no space" and its kin into the coded error. */
export async function inStorage<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && FULL_CODES.has(error.code)) {
      throw new AppError(
        'storage_full',
        `The storage cannot be written (${error.code}). Free space in the data folder; nothing half-written stays.`,
        { cause: error.code },
      )
    }
    throw error
  }
}
