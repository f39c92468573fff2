/**
 * Decoded stills, kept so that a prefetched frame paints in the same render that asks for it. Stills are immutable per
 * URL, so nothing is ever stale; the cache is bounded by decoded bytes, least recently used first out.
 */
const MAX_BYTES = 192 * 1024 * 1024
const BYTES_PER_PIXEL = 4

const ready = new Map<string, HTMLImageElement>()
const pending = new Map<string, Promise<HTMLImageElement>>()
let heldBytes = 0

const bytesOf = (picture: HTMLImageElement) => picture.naturalWidth * picture.naturalHeight * BYTES_PER_PIXEL

/** The decoded picture if it is here already. Counts as a use. */
export function peekStill(url: string): HTMLImageElement | null {
  const picture = ready.get(url)
  if (!picture) return null
  ready.delete(url)
  ready.set(url, picture)
  return picture
}

/** Loads and decodes a still, once for all who ask. Rejects when it cannot be had; a later call tries again. */
export function loadStill(url: string): Promise<HTMLImageElement> {
  const held = peekStill(url)
  if (held) return Promise.resolve(held)
  const running = pending.get(url)
  if (running) return running
  const loading = decodeStill(url).finally(() => pending.delete(url))
  pending.set(url, loading)
  return loading
}

async function decodeStill(url: string): Promise<HTMLImageElement> {
  const picture = new Image()
  picture.decoding = 'async'
  picture.src = url
  await picture.decode()
  ready.set(url, picture)
  heldBytes += bytesOf(picture)
  for (const [oldUrl, old] of ready) {
    if (heldBytes <= MAX_BYTES || ready.size <= 2) break
    ready.delete(oldUrl)
    heldBytes -= bytesOf(old)
  }
  return picture
}
