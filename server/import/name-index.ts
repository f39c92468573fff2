/**
 * Finds the file an annotation means by its path, among known relative paths: exactly, then by the end of the path (released
 * files carry prefixes of other machines), then by a base name that occurs once. Pure text: nothing is opened here.
 */
import { AppError } from '@/core/errors'
import { shorten } from '@/core/formats/json'

export type Named<T> = { readonly path: string; readonly value: T }

/** Parts of a path from the last to the first, without `.` and empty ones. Back slashes count as slashes. */
function partsOf(path: string): string[] {
  return path
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.')
    .reverse()
}

/** @throws AppError path_outside when a path climbs out with `..`, or holds a NUL. */
export function assertInside(path: string): void {
  if (path.includes('\0') || path.split(/[\\/]+/).includes('..')) {
    throw new AppError(
      'path_outside',
      `The path “${shorten(path, 200)}” leaves the media folder. Give it relative to that folder, without “..”.`,
      { path },
    )
  }
}

export function isAbsolutePath(path: string): boolean {
  return /^(?:[\\/]|[a-z]:[\\/]|[a-z][a-z0-9+.-]*:\/\/)/i.test(path)
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0
  while (count < a.length && count < b.length && a[count] === b[count]) count++
  return count
}

/** `minParts` = how many parts at the end must agree, unless one of the paths is shorter: stills are all called `480.jpg`. */
export class NameIndex<T> {
  private readonly byBase = new Map<string, Named<T>[]>()
  private readonly byPath = new Map<string, T>()

  constructor(private readonly minParts: number) {}

  get size(): number {
    return this.byPath.size
  }

  add(path: string, value: T): void {
    const base = partsOf(path)[0]
    if (base === undefined || this.byPath.has(path)) return
    this.byPath.set(path, value)
    const list = this.byBase.get(base)
    if (list === undefined) this.byBase.set(base, [{ path, value }])
    else list.push({ path, value })
  }

  /** The file meant, null when none or more than one fits equally well. */
  find(path: string): T | null {
    const parts = partsOf(path)
    const exact = this.byPath.get([...parts].reverse().join('/'))
    if (exact !== undefined) return exact
    const candidates = this.byBase.get(parts[0] ?? '') ?? []
    const ranked = candidates.map((named) => ({ named, shared: commonEnd(parts, partsOf(named.path)) })).sort((a, b) => b.shared - a.shared)
    const [best, second] = ranked
    if (best === undefined || (second !== undefined && second.shared === best.shared)) return null
    const needed = Math.min(this.minParts, parts.length)
    return best.shared >= needed ? best.named.value : null
  }
}
