/** Writes one file of an export, hashing on the way; a slow disk slows the reader, memory stays flat. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'

export type FileFacts = { readonly sha256: string; readonly bytes: number }

const CHUNK_BYTES = 1 << 20
/** A UTF-16 unit takes at most this many bytes in UTF-8. */
const MAX_UNIT_BYTES = 3

export class FileWriter {
  private readonly stream: WriteStream
  private readonly hash = createHash('sha256')
  private failure: Error | null = null
  /** One is filled while the other is on its way to the disk. */
  private filling = Buffer.allocUnsafe(CHUNK_BYTES)
  private spare = Buffer.allocUnsafe(CHUNK_BYTES)
  private used = 0
  private writing: Promise<void> = Promise.resolve()
  private bytes = 0

  constructor(path: string) {
    this.stream = createWriteStream(path, { flags: 'wx', flush: true })
    this.stream.on('error', (error) => {
      this.failure = error
    })
  }

  /** Encoded at once: strings that wait and grow cost more than all the rest of writing. */
  async write(text: string): Promise<void> {
    const mostBytes = text.length * MAX_UNIT_BYTES
    if (this.used + mostBytes > CHUNK_BYTES) await this.flush()
    if (mostBytes > CHUNK_BYTES) await this.send(Buffer.from(text, 'utf8'))
    else this.used += this.filling.write(text, this.used, 'utf8')
  }

  private async flush(): Promise<void> {
    const chunk = this.filling.subarray(0, this.used)
    await this.send(chunk)
    const free = this.spare
    this.spare = this.filling
    this.filling = free
    this.used = 0
  }

  /** Hands a chunk to the stream once the one before is written: only then may its buffer be used again. */
  private async send(chunk: Buffer): Promise<void> {
    await this.writing
    if (this.failure !== null) throw this.failure
    this.hash.update(chunk)
    this.bytes += chunk.length
    this.writing = new Promise((resolve) => {
      // A failure is kept by the listener and thrown at the next call.
      this.stream.write(chunk, () => resolve())
    })
  }

  /** Ends the file; it is on disk when this returns. */
  async close(): Promise<FileFacts> {
    await this.flush()
    this.stream.end()
    await once(this.stream, 'close')
    if (this.failure !== null) throw this.failure
    return { sha256: this.hash.digest('hex'), bytes: this.bytes }
  }

  /** Gives the file up after a failure elsewhere. */
  abandon(): void {
    this.stream.destroy()
  }
}
