/** One message of the media program: a JSON line and the raw bytes that follow it. */
export type Message = { readonly body: Readonly<Record<string, unknown>>; readonly binary: Buffer }

/** Longest line and longest payload we accept from the child: it is a parser of untrusted files, so it is untrusted too. */
const MAX_LINE_BYTES = 512 * 1024 * 1024
const MAX_PAYLOAD_BYTES = 2 * 1024 * 1024 * 1024

/** Cuts a stream of chunks into messages. Throws when the stream breaks the protocol. */
export class MessageReader {
  #chunks: Buffer[] = []
  #length = 0
  #body: Record<string, unknown> | null = null
  #wanted = 0

  push(chunk: Buffer): Message[] {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    const messages: Message[] = []
    for (;;) {
      if (this.#body === null && !this.#readLine()) return messages
      if (this.#body === null || this.#length < this.#wanted) return messages
      messages.push({ body: this.#body, binary: this.#take(this.#wanted) })
      this.#body = null
    }
  }

  #readLine(): boolean {
    // Only the newest chunk can hold the newline that was missing so far.
    const last = this.#chunks.at(-1)
    if (last === undefined) return false
    const before = this.#length - last.length
    let newline = last.indexOf(10)
    if (newline < 0) {
      if (this.#length > MAX_LINE_BYTES) throw new Error('line too long')
      return false
    }
    newline += before
    const line = this.#take(newline + 1)
    const body: unknown = JSON.parse(line.toString('utf8'))
    if (typeof body !== 'object' || body === null) throw new Error('message is no object')
    this.#body = { ...body }
    const bytes = this.#body.bytes
    if (typeof bytes !== 'number' || !Number.isInteger(bytes) || bytes < 0 || bytes > MAX_PAYLOAD_BYTES)
      throw new Error('bad payload length')
    this.#wanted = bytes
    return true
  }

  #take(bytes: number): Buffer {
    if (bytes === 0) return Buffer.alloc(0)
    const all = this.#chunks.length === 1 && this.#chunks[0] !== undefined ? this.#chunks[0] : Buffer.concat(this.#chunks)
    const rest = all.subarray(bytes)
    this.#chunks = rest.length > 0 ? [rest] : []
    this.#length = rest.length
    return all.subarray(0, bytes)
  }
}
