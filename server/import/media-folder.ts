/**
 * The folder given with `--media`, listed once. Only regular files that really lie inside it are ever opened: a symbolic
 * link that leads out is remembered so that a row naming it can be refused with the reason.
 */
import { opendir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { shorten } from '@/core/formats/json'
import { assertInside, isAbsolutePath, NameIndex } from './name-index'

const MAX_FILES = 2_000_000
const IMAGE = /\.(?:jpe?g|png|webp|bmp|gif|avif|tiff?)$/i

/** A file by its absolute real path and its path relative to the folder, with forward slashes. */
export type FolderFile = { readonly absolute: string; readonly relative: string }
type Entry = FolderFile | 'outside'

export class MediaFolder {
  private readonly videos = new NameIndex<Entry>(1)
  private readonly images = new NameIndex<Entry>(2)

  private constructor(readonly root: string) {}

  /** The real path of a folder. @throws AppError missing_file */
  static async check(folder: string): Promise<string> {
    const root = await realpath(folder).catch((cause: unknown) => {
      throw new AppError('missing_file', `The media folder ${folder} is not there or cannot be opened.`, { folder }, { cause })
    })
    if (!(await stat(root)).isDirectory()) throw new AppError('missing_file', `${folder} is not a folder.`, { folder })
    return root
  }

  /** @throws AppError missing_file when the folder is not there, limit_exceeded when it holds too many files */
  static async open(folder: string, signal?: AbortSignal): Promise<MediaFolder> {
    const media = new MediaFolder(await MediaFolder.check(folder))
    await media.list('', signal)
    return media
  }

  private add(relative: string, entry: Entry): void {
    const index = IMAGE.test(relative) ? this.images : this.videos
    index.add(relative, entry)
    if (this.videos.size + this.images.size > MAX_FILES) {
      throw new AppError(
        'limit_exceeded',
        `The media folder holds more than ${MAX_FILES.toLocaleString('en')} files. Point --media at the part that is needed.`,
      )
    }
  }

  private async list(below: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    const folders: string[] = []
    for await (const item of await opendir(path.join(this.root, below))) {
      if (item.name.startsWith('.')) continue
      const relative = below === '' ? item.name : `${below}/${item.name}`
      if (item.isDirectory()) folders.push(relative)
      else if (item.isFile()) this.add(relative, { absolute: path.join(this.root, relative), relative })
      else if (item.isSymbolicLink()) await this.addLink(relative)
    }
    for (const folder of folders) await this.list(folder, signal)
  }

  /** A link to a file inside stands for that file; a link to a folder inside is listed at its real place already. */
  private async addLink(relative: string): Promise<void> {
    const target = await realpath(path.join(this.root, relative)).catch(() => null)
    if (target === null) return
    const isInside = target === this.root || target.startsWith(this.root + path.sep)
    if (!isInside) this.add(relative, 'outside')
    else if ((await stat(target)).isFile()) this.add(relative, { absolute: target, relative })
  }

  /**
   * The file a path of an annotation means; null when it is not there.
   *
   * @throws AppError path_outside for `..`, for an absolute path that matches nothing inside, and for a link that leads out
   */
  find(wanted: string, kind: 'video' | 'image'): FolderFile | null {
    assertInside(wanted)
    const index = kind === 'image' ? this.images : this.videos
    const found = index.find(wanted)
    if (found === 'outside' || this.isBelowOutside(wanted, found)) {
      throw new AppError(
        'path_outside',
        `“${shorten(wanted, 200)}” is a symbolic link that leaves the media folder. Copy the file into the folder.`,
        { path: wanted },
      )
    }
    if (found === null && isAbsolutePath(wanted)) {
      throw new AppError(
        'path_outside',
        `“${shorten(wanted, 200)}” is an absolute path and no file of the media folder ends like it. Give it relative to that folder.`,
        { path: wanted },
      )
    }
    return found
  }

  /** Whether a leading folder of the path is a link that leads out. */
  private isBelowOutside(wanted: string, found: Entry | null): boolean {
    if (found !== null) return false
    const parts = wanted.split(/[\\/]+/)
    return parts.some((_, count) => count > 0 && this.videos.find(parts.slice(0, count).join('/')) === 'outside')
  }
}
