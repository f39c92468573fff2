import type { Sprite } from './player-types'

export type SpriteTile = { readonly x: number; readonly y: number; readonly index: number }

/** Where on the sheet the small picture nearest to a frame lies (pixels of the sheet); null for an empty sheet. Pure. */
export function tileNear(sprite: Sprite, index: number): SpriteTile | null {
  let low = 0
  let high = sprite.indices.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sprite.indices[middle] ?? 0) < index) low = middle + 1
    else high = middle
  }
  const before = sprite.indices[low - 1]
  const after = sprite.indices[low]
  if (before === undefined && after === undefined) return null
  const isBeforeNearer = after === undefined || (before !== undefined && index - before <= after - index)
  const place = isBeforeNearer ? low - 1 : low
  return {
    x: (place % sprite.columns) * sprite.tileWidth,
    y: Math.floor(place / sprite.columns) * sprite.tileHeight,
    index: sprite.indices[place] ?? 0,
  }
}
