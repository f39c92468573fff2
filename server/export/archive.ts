/** One zip of an export for the browser. Fixed times and modes: same files, same bytes. */

import path from 'node:path'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { type BlobFacts, putBlob } from '../storage'
import type { WrittenFile } from './run-export'

/** DOS time has no zone, so the local constructor gives the same stamp everywhere. */
const FIRST_OF_DOS = new Date(1980, 0, 1)

/** @param top folder inside the zip */
export async function storeArchive(folder: string, files: readonly WrittenFile[], top: string): Promise<BlobFacts> {
  const zip = new ZipFile()
  for (const file of files) {
    // Stills are compressed already.
    const compress = !file.path.startsWith('frames/')
    zip.addFile(path.join(folder, file.path), `${top}/${file.path}`, {
      mtime: FIRST_OF_DOS,
      mode: 0o100644,
      compress,
      forceDosTimestamp: true,
    })
  }
  zip.end()
  const stream = new Readable().wrap(zip.outputStream)
  zip.on('error', (error: Error) => stream.destroy(error))
  return putBlob(stream)
}
