/**
 * The file through which a media program hands over large payloads (`child/handover.mjs`): in memory where the system has a
 * folder for that, named nowhere, seen by the two processes alone.
 */
import { randomUUID } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, readSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

/** As for the pipe (`message-reader.ts`): the child is untrusted. */
const MAX_PAYLOAD_BYTES = 2 * 1024 * 1024 * 1024
const sharedSchema = z.object({ slot: z.int().min(0), at: z.int().min(0), bytes: z.int().min(0).max(MAX_PAYLOAD_BYTES) })

export type Payload = { readonly slot: number; readonly binary: Buffer }

export class Handover {
  /** null = no folder for it, or closed: everything goes down the pipe. */
  #fd: number | null = openUnnamed()

  get fd(): number | null {
    return this.#fd
  }

  /** The payload that a message names, copied out. Throws when there is none. */
  take(shared: unknown): Payload {
    const { slot, at, bytes } = sharedSchema.parse(shared)
    if (this.#fd === null) throw new Error('no file to read from')
    const binary = Buffer.allocUnsafe(bytes)
    for (let done = 0; done < bytes; ) {
      const got = readSync(this.#fd, binary, done, bytes - done, at + done)
      if (got === 0) throw new Error('payload is not there')
      done += got
    }
    return { slot, binary }
  }

  /** Gives the memory back. */
  empty(): void {
    if (this.#fd !== null) ftruncateSync(this.#fd, 0)
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd)
    this.#fd = null
  }
}

function openUnnamed(): number | null {
  for (const folder of ['/dev/shm', tmpdir()]) {
    const name = path.join(folder, `crema-${randomUUID()}`)
    try {
      const fd = openSync(name, 'wx+', 0o600)
      unlinkSync(name)
      return fd
    } catch {
      // The next folder may do.
    }
  }
  return null
}
