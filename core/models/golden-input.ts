/**
 * What the golden outputs in core/models/golden-outputs.json were computed from: made by code, so that no picture has to be kept.
 * Changing anything here makes those outputs wrong.
 */
const GOLDEN_SIDE = 300

/** Packed RGB of 300 × 300: a sky and a road, a box with two round things below it, an upright figure, a little noise. */
export function goldenPicture(): Uint8Array {
  const rgb = new Uint8Array(GOLDEN_SIDE * GOLDEN_SIDE * 3)
  let noise = 12_345
  for (let y = 0; y < GOLDEN_SIDE; y += 1) {
    for (let x = 0; x < GOLDEN_SIDE; x += 1) {
      noise = (Math.imul(noise, 1_103_515_245) + 12_345) & 0x7fffffff
      const [red, green, blue] = colourAt(x, y)
      rgb.set([red + (noise % 13), green + (noise % 11), blue + (noise % 7)], (y * GOLDEN_SIDE + x) * 3)
    }
  }
  return rgb
}

type Colour = readonly [number, number, number]

const isInside = (x: number, y: number, left: number, top: number, right: number, bottom: number) =>
  x >= left && x < right && y >= top && y < bottom
const isNear = (x: number, y: number, centreX: number, centreY: number, radius: number) =>
  (x - centreX) ** 2 + (y - centreY) ** 2 < radius ** 2

function colourAt(x: number, y: number): Colour {
  if (isNear(x, y, 75, 225, 20) || isNear(x, y, 165, 225, 20)) return [20, 20, 24]
  if (isInside(x, y, 70, 140, 160, 175)) return isInside(x, y, 78, 147, 152, 170) ? [150, 190, 205] : [170, 20, 30]
  if (isInside(x, y, 35, 172, 205, 225)) return [180, 25, 35]
  if (isNear(x, y, 248, 118, 12)) return [200, 150, 120]
  if (isInside(x, y, 234, 130, 262, 190)) return [40, 60, 140]
  if (isInside(x, y, 236, 190, 246, 250) || isInside(x, y, 250, 190, 260, 250)) return [50, 45, 40]
  if (y < 160) return [120 + (y >> 1), 160 + (y >> 2), 225]
  return [95 + (x >> 4), 95 + (x >> 4), 98]
}

/** Short, long, with numbers, with words outside of the vocabulary; embedded together, so padding counts too. */
export const GOLDEN_SENTENCES: readonly string[] = [
  'two cars',
  'A man is riding a bicycle down the street.',
  'Three people walk across a parking lot next to a white van, 2 of them on the right.',
  'naïve café — 日本 “quote” 🎉',
]
