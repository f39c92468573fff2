/** Blobs in a folder of this machine: `CREMA_DATA/blobs/ab/ab…`. Whole or absent: temp file, fsync, rename, fsync of the folder. */
import { constants, createReadStream } from 'node:fs'
import { access, mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { env } from '../env'
import type { BlobStore } from './blob-store'
import { syncPath } from './temp-files'

const CHUNK_BYTES = 256 * 1024

const pathOf = (sha256: string) => path.join(env.dataDir, 'blobs', sha256.slice(0, 2), sha256)

async function sizeOf(sha256: string): Promise<number | null> {
  try {
    return (await stat(pathOf(sha256))).size
  } catch {
    return null
  }
}

export const localBlobs: BlobStore = {
  sizeOf,
  read: (sha256, { start, end }) => createReadStream(pathOf(sha256), { start, end, highWaterMark: CHUNK_BYTES }),
  async publish(temp, { sha256 }) {
    const target = pathOf(sha256)
    await mkdir(path.dirname(target), { recursive: true })
    await syncPath(temp)
    await rename(temp, target)
    await syncPath(path.dirname(target))
  },
  /** A sweep of orphans spares young blobs: a blob stored again is about to be named by a row. */
  async keepYoung(sha256) {
    const now = new Date()
    await utimes(pathOf(sha256), now, now).catch(() => undefined)
  },
  async remove(sha256) {
    await rm(pathOf(sha256), { force: true })
  },
  async localPath(sha256) {
    return (await sizeOf(sha256)) === null ? null : pathOf(sha256)
  },
  async check() {
    await mkdir(env.dataDir, { recursive: true })
    await access(env.dataDir, constants.R_OK | constants.W_OK)
  },
  async link() {
    return null
  },
}
