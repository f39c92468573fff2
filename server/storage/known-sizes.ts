const MAX_NAMES = 20_000
const GOOD_FOR_MS = 60_000

/**
 * Sizes of blobs seen in the bucket a moment ago. Blobs never change, so only "it is there" can become wrong, and only when
 * somebody takes it away elsewhere; absence is never remembered.
 */
export class KnownSizes {
  private readonly sizes = new Map<string, { readonly bytes: number; readonly untilMs: number }>()

  find(sha256: string, nowMs: number): number | null {
    const known = this.sizes.get(sha256)
    return known === undefined || known.untilMs < nowMs ? null : known.bytes
  }

  note(sha256: string, bytes: number, nowMs: number): void {
    this.sizes.delete(sha256)
    this.sizes.set(sha256, { bytes, untilMs: nowMs + GOOD_FOR_MS })
    const [oldest] = this.sizes.keys()
    if (this.sizes.size > MAX_NAMES && oldest !== undefined) this.sizes.delete(oldest)
  }

  forget(sha256: string): void {
    this.sizes.delete(sha256)
  }
}
