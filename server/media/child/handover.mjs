/**
 * Large payloads reach the parent through a file that both hold open and no folder names (fd 3): writing and reading it costs
 * two copies in memory, a pipe costs a switch between the processes every 64 KiB. The file has a few slots; a slot is free
 * again when the parent says that the work on its payload is done, which also is what slows this process down.
 */
import { fstatSync, writeSync } from 'node:fs'

const SLOTS = 4
/** Bytes; smaller payloads go down the pipe. */
export const WORTH_IT = 32 * 1024

export class Handover {
  #taken = new Set()
  #slotBytes = 0
  #fd
  #isThere

  constructor(fd = 3) {
    this.#fd = fd
    this.#isThere = isFile(fd)
  }

  /** The parent has done with a slot. */
  free(slot) {
    this.#taken.delete(slot)
  }

  /**
   * `{slot, at, bytes}` of the payload in the file, or null when it has to go down the pipe: too small, no file, no room for it.
   * `wait` blocks until the parent has freed a slot.
   */
  put(binary, wait) {
    if (!this.#isThere || binary.length < WORTH_IT) return null
    const isLarger = binary.length > this.#slotBytes
    while (this.#taken.size > (isLarger ? 0 : SLOTS - 1)) wait()
    if (isLarger) this.#slotBytes = binary.length
    const slot = Array.from({ length: SLOTS }, (_, i) => i).find((i) => !this.#taken.has(i))
    const at = slot * this.#slotBytes
    try {
      for (let done = 0; done < binary.length; ) done += writeSync(this.#fd, binary, done, binary.length - done, at + done)
    } catch {
      this.#isThere = false
      return null
    }
    this.#taken.add(slot)
    return { slot, at, bytes: binary.length }
  }
}

function isFile(fd) {
  try {
    return fstatSync(fd).isFile()
  } catch {
    return false
  }
}
