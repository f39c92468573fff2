import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { type RgbPicture, readStill } from './decode-stills'
import { matchStill } from './match-still'
import { stopMedia } from './media-client'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crema-match-'))
})
afterAll(async () => {
  stopMedia()
  await rm(folder, { recursive: true, force: true })
})

async function savePicture({ width, height, rgb }: RgbPicture, change: (image: Sharp) => Sharp): Promise<string> {
  const file = path.join(folder, 'still')
  await writeFile(file, await change(sharp(rgb, { raw: { width, height, channels: 3 } })).toBuffer())
  return file
}

const CHANGES = [
  ['the same size, strongly compressed', (image: Sharp) => image.jpeg({ quality: 35 })],
  ['twice the size, WebP', (image: Sharp) => image.resize(320, 240).webp({ quality: 60 })],
  ['a smaller picture of another shape', (image: Sharp) => image.resize(112, 112, { fit: 'fill' }).jpeg({ quality: 75 })],
  ['brighter', (image: Sharp) => image.linear(1, 12).png()],
] as const

describe.each(['natural', 'cuts'])('a %s clip', (name) => {
  const file = clipPath(clipSpec(name))

  test.each(CHANGES)('a known frame is found again as %s', async (_change, change) => {
    for (const index of [0, 17, 33]) {
      const match = await matchStill(file, await savePicture(await readStill(file, index), change))
      expect(match.index).toBe(index)
      expect(match.confidence).toBeGreaterThan(0.6)
      expect(match.margin).toBeGreaterThan(0)
    }
  })
})

test('a static scene gives low confidence, whatever frame is named', async () => {
  const file = clipPath(clipSpec('static'))
  const match = await matchStill(file, await savePicture(await readStill(file, 11), (image) => image.jpeg({ quality: 60 })))
  expect(match.confidence).toBeLessThan(0.3)
})

test('a picture of something else gives low confidence', async () => {
  const noise = sharp({
    create: { width: 160, height: 120, channels: 3, background: '#336699', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  })
  const other = path.join(folder, 'other.png')
  await writeFile(other, await noise.png().toBuffer())
  expect((await matchStill(clipPath(clipSpec('natural')), other)).confidence).toBeLessThan(0.2)
})

test('what is no picture is refused', async () => {
  const text = path.join(folder, 'text.jpg')
  await writeFile(text, '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  await expect(matchStill(clipPath(clipSpec('natural')), text)).rejects.toMatchObject({ code: 'unsupported_media' })
  await expect(matchStill(clipPath(clipSpec('natural')), path.join(folder, 'none.jpg'))).rejects.toMatchObject({ code: 'missing_file' })
})
