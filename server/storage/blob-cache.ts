/**
 * Copies of a bucket's blobs on this machine, for programs that need a file. A copy is whole and checked against its name, or
 * absent. The least recently used ones go when the copies pass the cap.
 */
import { mkdir, rename, rm, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { AppError } from '@/core/errors'
import type { BlobFacts } from './blob-store'
import { trimFolder } from './cache-size'
import { inStorage, newTempPath, syncPath, writeTemp } from './temp-files'

/**
 * A trim goes down to 7/8 of the cap and the next comes after another 1/16: two processes that share the folder and do not
 * know of each other's copies stay below the cap together.
 */
const KEPT_SHARE = 7 / 8
const SHARE_BEFORE_TRIM = 1 / 16
const DOWNLOAD_TRIES = 2

export class BlobCache {
  private readonly loading = new Map<string, Promise<string>>()
  private addedBytes: number
  private trimming: Promise<void> = Promise.resolve()

  constructor(
    private readonly folder: string,
    private readonly maxBytes: number,
    private readonly download: (sha256: string) => AsyncIterable<Buffer>,
  ) {
    // The folder may be fuller than a cap that was lowered allows.
    this.addedBytes = maxBytes
  }

  /** File with the blob's content. Callers who want the same one wait for the same download. Throws what downloading throws. */
  async fileOf(sha256: string): Promise<string> {
    const known = await this.find(sha256)
    if (known !== null) return known
    const running = this.loading.get(sha256)
    if (running !== undefined) return running
    const loading = this.load(sha256).finally(() => this.loading.delete(sha256))
    this.loading.set(sha256, loading)
    return loading
  }

  /** The copy, marked as used now, or null. */
  async find(sha256: string): Promise<string | null> {
    const file = this.pathOf(sha256)
    const now = new Date()
    return utimes(file, now, now).then(
      () => file,
      () => null,
    )
  }

  /** Takes a temporary file whose content is known to be `sha256`. */
  async adopt(temp: string, sha256: string): Promise<string> {
    const file = this.pathOf(sha256)
    await mkdir(path.dirname(file), { recursive: true })
    await syncPath(temp)
    await rename(temp, file)
    this.addedBytes += (await stat(file)).size
    if (this.addedBytes >= this.maxBytes * SHARE_BEFORE_TRIM) {
      this.addedBytes = 0
      this.trimming = this.trimming.then(() => trimFolder(this.folder, this.maxBytes * KEPT_SHARE, file))
      await this.trimming
    }
    return file
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true })
  }

  private pathOf(sha256: string): string {
    return path.join(this.folder, sha256.slice(0, 2), sha256)
  }

  private async load(sha256: string): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const temp = await newTempPath()
      try {
        const facts: BlobFacts = await inStorage(() => writeTemp(temp, Readable.from(this.download(sha256))))
        if (facts.sha256 === sha256) return await inStorage(() => this.adopt(temp, sha256))
      } finally {
        await rm(temp, { force: true })
      }
      if (attempt === DOWNLOAD_TRIES) {
        throw new AppError('unavailable', 'The storage sent other content than the name of a file says. It was not used.', { sha256 })
      }
    }
  }
}
