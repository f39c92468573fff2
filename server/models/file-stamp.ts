/** Whether a file is still the one that was read: told by what the file system says of it, without reading it again. */
import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'

/** Changes with every write and every file put in its place. */
export const stampOfStats = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string => [dev, ino, size, mtimeNs, ctimeNs].join(':')

/** Empty where there is no file. */
export async function stampOf(file: string): Promise<string> {
  const found = await stat(file, { bigint: true }).catch(() => null)
  return found === null ? '' : stampOfStats(found)
}
