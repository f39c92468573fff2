import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { DETECTOR_SIDE } from './detector-io'
import { sizeBeforeSqueeze, squeezePicture } from './squeeze-picture'

type Paint = (x: number, y: number) => readonly [number, number, number]

function painted(width: number, height: number, paint: Paint): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) pixels.set([...paint(x, y), 128], (y * width + x) * 4)
  return pixels
}

function byLibrary(pixels: Uint8ClampedArray, width: number, height: number): Promise<Buffer> {
  const rgb = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel += 1) rgb.set(pixels.subarray(pixel * 4, pixel * 4 + 3), pixel * 3)
  const picture = sharp(rgb, { raw: { width, height, channels: 3 } })
  return picture.resize(DETECTOR_SIDE, DETECTOR_SIDE, { fit: 'fill', kernel: 'linear' }).raw().toBuffer()
}

/** Mean difference of the colours, in levels, and the greatest one. */
function differenceOf(one: ArrayLike<number>, rgb: ArrayLike<number>): { mean: number; most: number } {
  let [sum, most] = [0, 0]
  for (let pixel = 0; pixel < DETECTOR_SIDE ** 2; pixel += 1) {
    for (let colour = 0; colour < 3; colour += 1) {
      const difference = Math.abs((one[pixel * 4 + colour] ?? 0) - (rgb[pixel * 3 + colour] ?? 0))
      sum += difference
      most = Math.max(most, difference)
    }
  }
  return { mean: sum / (DETECTOR_SIDE ** 2 * 3), most }
}

/** Fine lines, soft hills, hard corners. */
const scene: Paint = (x, y) => [
  (x * 7 + y * 3) % 256,
  128 + 100 * Math.sin(x / 9) * Math.cos(y / 13),
  x % 40 < 20 === y % 30 < 15 ? 230 : 20,
]

describe('squeezePicture', () => {
  it.each([
    [640, 360],
    [599, 301],
    [1199, 720],
    [300, 300],
    [400, 300],
    [160, 120],
    [360, 640],
    [213, 120],
  ])('of %d × %d gives what the library of the server gives', async (width, height) => {
    const pixels = painted(width, height, scene)
    const { mean, most } = differenceOf(squeezePicture(pixels, { width, height }), await byLibrary(pixels, width, height))
    expect(mean).toBeLessThan(0.6)
    // At hard edges: the library knows 64 places between two pixels.
    expect(most).toBeLessThan(25)
  })

  it('after a half, as a canvas draws it, gives what the library makes of the whole', async () => {
    const [width, height] = [1280, 720]
    const pixels = painted(width, height, scene)
    const size = sizeBeforeSqueeze({ width, height })
    const half = painted(size.width, size.height, (x, y) => {
      const mean = (colour: number) =>
        ((pixels[(y * width + x * 2) * 4 + colour] ?? 0) + (pixels[(y * width + x * 2 + 1) * 4 + colour] ?? 0)) / 2
      return [mean(0), mean(1), mean(2)]
    })
    expect(differenceOf(squeezePicture(half, size), await byLibrary(pixels, width, height)).mean).toBeLessThan(0.6)
  })

  it('keeps a picture of that size as it is, opaque', () => {
    const pixels = painted(DETECTOR_SIDE, DETECTOR_SIDE, scene)
    const squeezed = squeezePicture(pixels, { width: DETECTOR_SIDE, height: DETECTOR_SIDE })
    for (const at of [0, 1, 2, 4 * 777, 4 * 89_999 + 2]) expect(squeezed[at]).toBe(pixels[at])
    expect(squeezed.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true)
  })

  it('of one colour is that colour, whatever the size', () => {
    const side = fc.integer({ min: 1, max: 90 })
    fc.assert(
      fc.property(side, side, fc.integer({ min: 0, max: 255 }), (width, height, level) => {
        const squeezed = squeezePicture(
          painted(width, height, () => [level, 255 - level, 7]),
          { width, height },
        )
        for (const at of [0, 4 * 299, 4 * 45_150, 4 * 89_999]) expect([...squeezed.subarray(at, at + 3)]).toEqual([level, 255 - level, 7])
      }),
      { numRuns: 20 },
    )
  })

  it('does not lose a line that is one pixel wide', () => {
    const width = 1797
    const squeezed = squeezePicture(
      painted(width, 4, (x) => (x === 900 ? [255, 255, 255] : [0, 0, 0])),
      { width, height: 4 },
    )
    let sum = 0
    for (let x = 0; x < DETECTOR_SIDE; x += 1) sum += squeezed[x * 4] ?? 0
    expect(sum).toBeGreaterThan((255 * DETECTOR_SIDE) / width / 2)
  })

  it.each([[0], [3], [4 * 4 * 4 - 1]])('refuses %d bytes for 4 × 4 pixels', (bytes) => {
    expect(() => squeezePicture(new Uint8ClampedArray(bytes), { width: 4, height: 4 })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
    expect(() => squeezePicture(new Uint8ClampedArray(), { width: 0, height: 0 })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })
})

describe('sizeBeforeSqueeze', () => {
  it.each([
    [1920, 1080, 960, 1080],
    [1280, 720, 640, 720],
    [640, 360, 640, 360],
    [299, 1200, 299, 600],
    [3840, 2160, 960, 1080],
  ])('halves %d × %d to %d × %d', (width, height, toWidth, toHeight) => {
    expect(sizeBeforeSqueeze({ width, height })).toEqual({ width: toWidth, height: toHeight })
  })

  it('stays between twice and four times the side, or as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (side) => {
        const { width } = sizeBeforeSqueeze({ width: side, height: 1 })
        if (side < DETECTOR_SIDE * 4) expect(width).toBe(side)
        else expect(width >= DETECTOR_SIDE * 2 && width < DETECTOR_SIDE * 4).toBe(true)
      }),
    )
  })
})
