import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { clipPath, clipSpec, countersOf } from '@/e2e/fixtures/clips'
import { readCounter } from '@/e2e/fixtures/counter'
import { decodeStills, type RgbPicture } from './decode-stills'
import { inspectMedia } from './inspect-media'
import { makeProxy } from './make-proxy'
import { stopMedia } from './media-client'
import { needsProxy } from './needs-proxy'

const folder = vi.hoisted(() => {
  const place = `${process.env.TMPDIR ?? '/tmp'}/crema-proxy-${process.pid}`
  process.env.CREMA_DATA = place
  return place
})
const { localBlob } = await import('@/server/storage')
afterAll(() => {
  stopMedia()
  rmSync(folder, { recursive: true, force: true })
})

const NAMES = [
  'hevc',
  'avi-mpeg4',
  'ts-h264',
  'vfr-mkv',
  'mkv-23.976',
  'mkv-late',
  'edit-two',
  'odd-444',
  'rotate-90',
  'sar-4-3',
  'mov-mjpeg',
  'negative-pts',
]

test.each(NAMES)('the browser copy of %s has the same frames at the same times', async (name) => {
  const spec = clipSpec(name)
  const { index } = await inspectMedia(clipPath(spec))
  const proxyPath = await localBlob(await makeProxy(clipPath(spec), index))
  const proxy = await inspectMedia(proxyPath)
  expect(needsProxy(proxy.index)).toBe(false)
  expect([proxy.info.codec, proxy.info.mediaType, proxy.info.rotation, proxy.info.sar]).toEqual(['h264', 'video/mp4', 0, [1, 1]])

  const seconds = ({ pts, timeBase: [num, den] }: typeof index.table) => pts.map((own) => ((own - (pts[0] ?? 0)) * num) / den)
  const wanted = seconds(index.table)
  const found = seconds(proxy.index.table)
  expect(found).toHaveLength(wanted.length)
  expect(found.filter((own, i) => Math.abs(own - (wanted[i] ?? 0)) > 0.0001)).toEqual([])
  expect(proxy.index.table.pts[0]).toBe(0)

  const counters: (number | null)[] = []
  const look = (picture: RgbPicture) => {
    counters[picture.index] = readCounter(picture)
  }
  await decodeStills(
    proxyPath,
    proxy.index,
    found.map((_, i) => i),
    look,
  )
  expect(counters).toEqual(countersOf(spec))
})

test('stopping leaves no half-written copy', async () => {
  const { index } = await inspectMedia(clipPath(clipSpec('hevc')))
  const controller = new AbortController()
  const making = makeProxy(clipPath(clipSpec('hevc')), index, controller.signal)
  setImmediate(() => controller.abort())
  await expect(making).rejects.toMatchObject({ code: 'unavailable' })
  expect(readdirSync(path.join(folder, 'tmp'))).toEqual([])
})
