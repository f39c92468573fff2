/**
 * The name of a thing's colour, only where it is beyond doubt. A mean colour is not: it mixes paint, windows, road and shade
 * (a man in grey came out as "in brown"). So each pixel of the inner part of a box votes for a name, and the name counts
 * only when it has a clear majority.
 */
import type { Size } from '../../geometry'
import type { Rect } from '../../records'

/** Part of the inner pixels that must agree: a painted body shows beside windows and tyres, so a hue needs less. */
export const HUE_SHARE = 0.25
/** The same for black, white and grey, which shadows and glass show everywhere. */
export const NEUTRAL_SHARE = 0.75
/** The winner's lead over the next hue, as a factor. */
export const LEAD = 3
/** A neutral name is not given to a thing that shows this much of a hue. */
const HUE_IN_NEUTRAL = 0.1

/** Samples along each side: enough for a vote, and the cost does not grow with the picture. */
const GRID = 40

/** Names that tell one thing from another; black, white and grey fit too many things. */
const HUES = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink'] as const
const HUE_NAMES: ReadonlySet<string> = new Set(HUES)
/** Where each hue ends, in degrees; hues beyond the last are red again. */
const HUE_ENDS: readonly (readonly [number, (typeof HUES)[number]])[] = [
  [14, 'red'],
  [40, 'orange'],
  [68, 'yellow'],
  [165, 'green'],
  [258, 'blue'],
  [292, 'purple'],
  [335, 'pink'],
  [360, 'red'],
]
/** Hues of skin and hair: of a person they say nothing about clothes. */
const SKIN: ReadonlySet<string> = new Set(['red', 'orange', 'pink'])

/** Whether the colour tells a thing from others of its kind: a hue, not black, white or grey. */
export function isHue(colour: string): boolean {
  return HUE_NAMES.has(colour)
}

/** The name of one pixel, channels 0–255; null where it lies between names (a muddy or half-dark tone). */
export function pixelColour(r: number, g: number, b: number): string | null {
  const max = Math.max(r, g, b)
  const range = max - Math.min(r, g, b)
  if (range >= 36 && range >= 0.38 * max) {
    const sector = max === r ? (g - b) / range : max === g ? (b - r) / range + 2 : (r - g) / range + 4
    const hue = (sector * 60 + 360) % 360
    return HUE_ENDS.find(([end]) => hue < end)?.[1] ?? 'red'
  }
  if (range > 0.2 * max + 8) return null
  if (max < 62) return 'black'
  return max >= 176 ? 'white' : 'grey'
}

/** The part of a box that is the thing itself; of a person the upper body. */
function innerPart(rect: Rect, label: string): Rect {
  return label === 'person'
    ? { x: rect.x + rect.w * 0.3, y: rect.y + rect.h * 0.28, w: rect.w * 0.4, h: rect.h * 0.3 }
    : { x: rect.x + rect.w * 0.18, y: rect.y + rect.h * 0.22, w: rect.w * 0.64, h: rect.h * 0.56 }
}

type Pixels = Uint8Array | Uint8ClampedArray

function votesIn(pixels: Pixels, view: Size, part: Rect): { votes: Map<string, number>; total: number } {
  const votes = new Map<string, number>()
  const bytes = pixels.length / (view.width * view.height)
  let total = 0
  for (let row = 0; row < GRID; row += 1) {
    for (let column = 0; column < GRID; column += 1) {
      const x = Math.floor(part.x + ((column + 0.5) * part.w) / GRID)
      const y = Math.floor(part.y + ((row + 0.5) * part.h) / GRID)
      if (x < 0 || y < 0 || x >= view.width || y >= view.height) continue
      const at = (y * view.width + x) * bytes
      total += 1
      const name = pixelColour(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)
      if (name !== null) votes.set(name, (votes.get(name) ?? 0) + 1)
    }
  }
  return { votes, total }
}

/**
 * The colour of the thing in a box, or null unless it is clear.
 *
 * @param pixels of the whole picture, packed RGB or RGBA; opacity is left out
 * @param label what the box shows; a person's skin gives no colour
 */
export function colourOf(pixels: Pixels, view: Size, rect: Rect, label: string): string | null {
  const { votes, total } = votesIn(pixels, view, innerPart(rect, label))
  if (total === 0) return null
  const ranked = [...votes].sort((a, b) => b[1] - a[1])
  const hues = ranked.filter(([name]) => isHue(name))
  const [hue, second] = [hues[0], hues[1]]
  if (hue !== undefined && hue[1] >= HUE_SHARE * total && hue[1] >= LEAD * (second?.[1] ?? 0)) {
    return label === 'person' && SKIN.has(hue[0]) ? null : hue[0]
  }
  const neutral = ranked.find(([name]) => !isHue(name))
  const hueVotes = hues.reduce((sum, [, count]) => sum + count, 0)
  return neutral !== undefined && neutral[1] >= NEUTRAL_SHARE * total && hueVotes <= HUE_IN_NEUTRAL * total ? neutral[0] : null
}
