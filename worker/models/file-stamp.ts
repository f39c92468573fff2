/** Whether a file is still the one that was read: told by what the file system says of it, without reading it again. */
import { stat } from 'node:fs/promises'

/** Changes with every write and every file put in its place; empty where there is none. */
export async function stampOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => null)
  return found === null ? '' : [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(':')
}
