/** Poster and sprite sheet out of the small pictures that the probing pass collected. */
import sharp from 'sharp'
import type { Tiles } from './inspect-media'

/** `indices[i]` = frame index of tile i; tiles lie row by row. */
export type SpriteLayout = {
  readonly columns: number
  readonly rows: number
  readonly tileWidth: number
  readonly tileHeight: number
  readonly indices: number[]
}

/** One JPEG with all tiles, or null when there are none. */
export async function makeSprite(tiles: Tiles): Promise<{ image: Buffer; layout: SpriteLayout } | null> {
  const count = tiles.indices.length
  if (count === 0) return null
  const columns = Math.min(10, count)
  const rows = Math.ceil(count / columns)
  const sheet = { width: columns * tiles.width, height: rows * tiles.height }
  const placed = tiles.indices.map((_, i) => ({
    input: tileOf(tiles, i),
    raw: { width: tiles.width, height: tiles.height, channels: 3 as const },
    left: (i % columns) * tiles.width,
    top: Math.floor(i / columns) * tiles.height,
  }))
  const blank = sharp({ create: { ...sheet, channels: 3, background: { r: 0, g: 0, b: 0 } } })
  const image = await blank.composite(placed).jpeg({ quality: 78 }).toBuffer()
  return { image, layout: { columns, rows, tileWidth: tiles.width, tileHeight: tiles.height, indices: [...tiles.indices] } }
}

/**
 * Frame that stands for the video: detailed and neither black nor white. Fades and title cards have little contrast; of two
 * equally good ones the earlier wins, and the very first frame is chosen only when it is clearly the best.
 */
export function posterIndex(tiles: Tiles): number {
  let best = { score: Number.NEGATIVE_INFINITY, index: tiles.indices[0] ?? 0 }
  for (const [i, index] of tiles.indices.entries()) {
    const { mean, spread } = lightOf(tileOf(tiles, i))
    const exposure = 1 - Math.abs(mean - 118) / 137
    const score = spread * Math.max(0, exposure) - (i === 0 ? 4 : i * 0.02)
    if (score > best.score) best = { score, index }
  }
  return best.index
}

function tileOf(tiles: Tiles, i: number): Buffer {
  const bytes = tiles.width * tiles.height * 3
  return tiles.data.subarray(i * bytes, (i + 1) * bytes)
}

/** Mean and standard deviation of the green channel, 0–255: close enough to luminance here. */
function lightOf(rgb: Buffer): { mean: number; spread: number } {
  let sum = 0
  let squares = 0
  const count = Math.max(1, Math.floor(rgb.length / 3))
  for (let at = 1; at < rgb.length; at += 3) {
    const value = rgb[at] ?? 0
    sum += value
    squares += value * value
  }
  const mean = sum / count
  return { mean, spread: Math.sqrt(Math.max(0, squares / count - mean * mean)) }
}
