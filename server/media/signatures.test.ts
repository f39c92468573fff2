import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { loopClip } from '@/e2e/fixtures/loop-clip'
import { inspectMedia } from './inspect-media'
import { stopMedia } from './media-client'
import { frameSignatures, SIGNATURE_BYTES } from './signatures'

const folder = mkdtempSync(path.join(tmpdir(), 'crema-signatures-'))
afterAll(() => {
  stopMedia()
  rmSync(folder, { recursive: true, force: true })
})

test('a video longer than the media program holds at once has the signature of each frame in its place', async () => {
  const spec = clipSpec('cfr-25')
  const short = clipPath(spec)
  const once = await frameSignatures(short, (await inspectMedia(short)).index, null)
  const times = Math.ceil(2100 / spec.pts.length)
  const long = path.join(folder, 'long.mp4')
  loopClip(short, long, times, spec.pts.length / 25)
  const { index } = await inspectMedia(long)
  expect(index.table.pts).toHaveLength(times * spec.pts.length)
  const all = await frameSignatures(long, index, null)
  expect(once.length).toBe(spec.pts.length * SIGNATURE_BYTES)
  for (let time = 0; time < times; time += 1) {
    expect(all.subarray(time * once.length, (time + 1) * once.length).equals(once)).toBe(true)
  }
  expect(all.length).toBe(times * once.length)
})

test('a file that is not the one its table was made of is refused', async () => {
  const [long, short] = [clipPath(clipSpec('cfr-30')), clipPath(clipSpec('vfr'))]
  const [ofLong, ofShort] = [(await inspectMedia(long)).index, (await inspectMedia(short)).index]
  expect(ofLong.table.pts.length).not.toBe(ofShort.table.pts.length)
  await expect(frameSignatures(long, ofShort, null)).rejects.toThrow()
  await expect(frameSignatures(short, ofLong, null)).rejects.toThrow()
})
