/** The stills of an export: each frame of each video once, `frames/<first 12 of the video's sha256>/<index>.jpg`. */
import { constants } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { type Sha256, sha256Schema } from '@/core/ids'
import { ensureStills } from '@/server/media/ensure-stills'
import { localBlob } from '../storage'
import type { FileFacts } from './file-writer'

/** `image` = path inside the export, with forward slashes. */
export type ExportedStill = { readonly image: string; readonly sha256: Sha256; readonly pixelSha256: Sha256; readonly bytes: number }

const EXTENSION = 'jpg'
const PARALLEL_COPIES = 8

export function stillPath(videoSha256: string, index: number): string {
  return `frames/${videoSha256.slice(0, 12)}/${index}.${EXTENSION}`
}

export class ExportStills {
  private readonly known = new Map<string, ExportedStill>()
  private readonly folders = new Set<string>()
  readonly warnings: string[] = []

  constructor(
    private readonly folder: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Makes sure that the frames of a batch are in the folder. A video that cannot be decoded leaves a warning and no stills. */
  async add(wanted: ReadonlyMap<string, ReadonlySet<number>>): Promise<void> {
    for (const [videoSha256, indices] of wanted) {
      const missing = [...indices].filter((index) => !this.known.has(stillPath(videoSha256, index)))
      if (missing.length > 0) await this.addVideo(videoSha256, missing)
    }
  }

  private async addVideo(videoSha256: string, indices: readonly number[]): Promise<void> {
    try {
      const stills = await ensureStills(videoSha256, indices, this.signal === undefined ? {} : { signal: this.signal })
      for (let at = 0; at < stills.length; at += PARALLEL_COPIES) {
        await Promise.all(stills.slice(at, at + PARALLEL_COPIES).map((still) => this.copy(videoSha256, still)))
      }
    } catch (thrown) {
      this.signal?.throwIfAborted()
      if (!(thrown instanceof AppError) || thrown.code === 'internal' || thrown.code === 'unavailable' || thrown.code === 'storage_full')
        throw thrown
      this.warnings.push(`No stills of video ${videoSha256.slice(0, 12)}: ${thrown.message}`)
    }
  }

  private async copy(
    videoSha256: string,
    still: { frameIndex: number; sha256: string; pixelSha256: string; bytes: number },
  ): Promise<void> {
    const image = stillPath(videoSha256, still.frameIndex)
    const target = path.join(this.folder, image)
    const parent = path.dirname(target)
    if (!this.folders.has(parent)) {
      await mkdir(parent, { recursive: true })
      this.folders.add(parent)
    }
    await copyFile(await localBlob(still.sha256), target, constants.COPYFILE_FICLONE)
    const [sha256, pixelSha256] = [sha256Schema.parse(still.sha256), sha256Schema.parse(still.pixelSha256)]
    this.known.set(image, { image, sha256, pixelSha256, bytes: still.bytes })
  }

  find(videoSha256: string, index: number): ExportedStill | null {
    return this.known.get(stillPath(videoSha256, index)) ?? null
  }

  files(): { path: string; facts: FileFacts }[] {
    return [...this.known.values()].map(({ image, sha256, bytes }) => ({ path: image, facts: { sha256, bytes } }))
  }
}
