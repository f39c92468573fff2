/** Writes one file of an export, hashing on the way; a slow disk slows the reader, memory stays flat. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'

export type FileFacts = { readonly sha256: string; readonly bytes: number }

const FLUSH_CHARS = 1 << 20

export class FileWriter {
  private readonly stream: WriteStream
  private readonly hash = createHash('sha256')
  private failure: Error | null = null
  private waiting = ''
  private bytes = 0

  constructor(path: string) {
    this.stream = createWriteStream(path, { flags: 'wx', flush: true })
    this.stream.on('error', (error) => {
      this.failure = error
    })
  }

  async write(text: string): Promise<void> {
    this.waiting += text
    if (this.waiting.length >= FLUSH_CHARS) await this.flush()
  }

  private async flush(): Promise<void> {
    if (this.failure !== null) throw this.failure
    const chunk = Buffer.from(this.waiting, 'utf8')
    this.waiting = ''
    this.hash.update(chunk)
    this.bytes += chunk.length
    if (!this.stream.write(chunk)) await once(this.stream, 'drain')
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
