import { afterAll, expect, test } from 'vitest'
import { frameAt } from '@/core/frame-table'
import { clipPath, clipSpec, countersOf } from '@/e2e/fixtures/clips'
import { readCounter } from '@/e2e/fixtures/counter'
import { decodeStills } from '@/server/media/decode-stills'
import { inspectMedia } from '@/server/media/inspect-media'
import { stopMedia } from '@/server/media/media-client'
import { readerOfFile } from './frame-reader'

afterAll(stopMedia)

const NEVER = new AbortController().signal

async function open(file: string, signal = NEVER) {
  const { index } = await inspectMedia(file)
  const frames = index.table.pts.map((_, place) => frameAt(index.table, place))
  return { index, frames, reader: readerOfFile(async () => file, index, signal) }
}

// Also where seeking fails and the video is decoded from its start.
test.each(['b-frames', 'vfr', 'intra-refresh', 'open-gop'])('gives each frame of %s once, and the right one', async (name) => {
  const spec = clipSpec(name)
  const { frames, reader } = await open(clipPath(spec))
  const seen = new Map<number, number>()
  await reader.read([...frames].reverse(), async ({ frame, rgb, width, height }) => {
    expect(seen.has(frame.index)).toBe(false)
    seen.set(frame.index, readCounter({ rgb, width, height }) ?? Number.NaN)
  })
  expect([...seen].sort(([a], [b]) => a - b).map(([, counter]) => counter)).toEqual(countersOf(spec))
})

test('others get their turn while somebody looks long at each of many frames', async () => {
  const { frames, reader } = await open(clipPath(clipSpec('cfr-25')))
  const other = await open(clipPath(clipSpec('cfr-30')))
  const order: string[] = []
  let asked: Promise<unknown> | null = null
  await reader.read(frames, async ({ frame }) => {
    asked ??= decodeStills(clipPath(clipSpec('cfr-30')), other.index, [3], () => void order.push('other'))
    await new Promise(setImmediate)
    order.push(`frame ${frame.index}`)
  })
  await asked
  expect(order).toHaveLength(frames.length + 1)
  expect(order.indexOf('other')).toBeLessThan(frames.length / 2)
})

test('a stop ends the reading', async () => {
  const controller = new AbortController()
  const file = clipPath(clipSpec('cfr-25'))
  const { frames, reader } = await open(file, controller.signal)
  let count = 0
  const reading = reader.read(frames, async () => {
    count += 1
    controller.abort()
  })
  await expect(reading).rejects.toMatchObject({ code: 'unavailable' })
  expect(count).toBeLessThan(frames.length)
})
