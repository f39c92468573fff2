/** Opens a file of a model for sending: the bytes are those that its name promises, or none are sent. */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { AppError } from '@/core/errors'
import { stampOfStats } from './file-stamp'
import { findModelFile } from './list-models'

export type OpenModelFile = { readonly bytes: number; readonly stream: () => Readable; readonly close: () => Promise<void> }

/** sha256 by file and time of its last change, so that a large file is hashed once and not for each reader. */
const hashed = new Map<string, Promise<string>>()
const MAX_HASHED = 500

/** @throws AppError not_found (on no list, or gone), bad_file (another file lies there) */
export async function openModelFile(sha256: string): Promise<OpenModelFile> {
  const found = /^[0-9a-f]{64}$/.test(sha256) ? await findModelFile(sha256) : null
  // A link might lead out of the folder; what is registered has none.
  const handle = found === null ? null : await open(found.path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => null)
  if (found === null || handle === null)
    throw new AppError('not_found', 'There is no such file of a model.', { sha256: sha256.slice(0, 64) })
  try {
    const { size } = await handle.stat()
    if (size !== found.bytes || (await hashOnce(handle)) !== sha256) {
      const message = `A file of the model ${found.name} is not the one that was prepared or registered. Ask the administrator to prepare or register it again.`
      throw new AppError('bad_file', message, { sha256 })
    }
    return { bytes: size, stream: () => handle.createReadStream({ start: 0 }), close: () => handle.close() }
  } catch (thrown) {
    await handle.close()
    throw thrown
  }
}

async function hashOnce(handle: FileHandle): Promise<string> {
  const key = stampOfStats(await handle.stat({ bigint: true }))
  const hashing = hashed.get(key) ?? hashOf(handle)
  if (hashed.size >= MAX_HASHED) hashed.clear()
  hashed.set(key, hashing)
  hashing.catch(() => hashed.delete(key))
  return hashing
}

async function hashOf(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of handle.createReadStream({ start: 0, autoClose: false })) hash.update(part)
  return hash.digest('hex')
}
