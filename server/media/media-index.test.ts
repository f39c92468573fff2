import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeIndex, encodeIndex, type MediaIndex } from './media-index'
import { needsProxy } from './needs-proxy'
import { makeSprite, posterIndex } from './sprite'

const facts = {
  container: 'mov',
  mediaType: 'video/mp4',
  codec: 'h264',
  pixelFormat: 'yuv420p',
  hasAudio: false,
  discardedPackets: 0,
} as const

test('a stored index reads back as it was written', () => {
  const frames = fc.array(fc.record({ step: fc.integer({ min: 1, max: 100_000 }), key: fc.boolean(), check: fc.nat() }), { minLength: 1 })
  fc.assert(
    fc.property(fc.integer({ min: -90_000, max: 90_000 }), frames, (start, list) => {
      let at = start
      const pts = list.map(({ step }) => (at += step))
      const size = {
        width: 4,
        height: 3,
        codedWidth: 4,
        codedHeight: 3,
        rotation: 0 as const,
        sar: [1, 1] as [number, number],
        timeBase: [1, 90000] as [number, number],
      }
      const index: MediaIndex = {
        ...facts,
        table: { ...size, pts, duration: list.map(({ step }) => step), key: list.map(({ key }) => key) },
        check: list.map(({ check }) => check),
      }
      expect(decodeIndex(encodeIndex(index))).toEqual(index)
    }),
  )
})

test('an index that is none is refused', () => {
  expect(() => decodeIndex('{}')).toThrow()
})

test.each([
  [{ ...facts }, false],
  [{ ...facts, codec: 'hevc' }, true],
  [{ ...facts, pixelFormat: 'yuv444p' }, true],
  [{ ...facts, mediaType: 'video/x-matroska' as const }, true],
  [{ ...facts, mediaType: 'video/webm' as const, codec: 'vp9' }, false],
  [{ ...facts, codec: 'av1', pixelFormat: 'yuv420p10le' }, false],
  [{ ...facts, discardedPackets: 3 }, true],
  [{ ...facts, codec: 'constructor' }, true],
])('needs a browser copy: %j', (index, expected) => {
  expect(needsProxy(index)).toBe(expected)
})

const tiles = (...fills: ((x: number) => number)[]) => ({
  indices: fills.map((_, i) => i * 10),
  width: 8,
  height: 2,
  data: Buffer.from(fills.flatMap((fill) => Array.from({ length: 8 * 2 * 3 }, (_, i) => fill(i)))),
})

test('the poster is neither black nor white nor flat', () => {
  const black = () => 2
  const white = () => 250
  const grey = () => 120
  const picture = (i: number) => 60 + ((i * 37) % 120)
  expect(posterIndex(tiles(black, white, grey, picture, black))).toBe(30)
  expect(posterIndex(tiles(black))).toBe(0)
})

test('a sprite sheet holds its tiles row by row', async () => {
  const sheet = await makeSprite(tiles(...Array.from({ length: 12 }, () => () => 90)))
  expect(sheet?.layout).toMatchObject({ columns: 10, rows: 2, tileWidth: 8, tileHeight: 2 })
  expect(sheet?.layout.indices).toHaveLength(12)
  expect(await makeSprite(tiles())).toBeNull()
})
