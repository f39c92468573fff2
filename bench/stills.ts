/** Probing and stills through the media program, against plain FFmpeg decoding of the same file in the same run. */
import { HEAVY_SPEC } from '@/e2e/fixtures/clip-specs'
import { clipPath } from '@/e2e/fixtures/clips'
import { decodeStills } from '@/server/media/decode-stills'
import { inspectMedia, mediaLimits } from '@/server/media/inspect-media'
import { stopMedia } from '@/server/media/media-client'
import { encodeStill } from '@/server/media/picture-files'
import { rawDecode } from './raw-decode'
import { type Bench, type Figure, percentile } from './result'

const ROUNDS = 5
const TARGET = 0.8
/** Core frames of a handful of samples, spread over the clip. */
const STILLS = Array.from({ length: 12 }, (_, i) => i * 24 + 11)

async function timeMs(act: () => unknown): Promise<number> {
  const begin = performance.now()
  await act()
  return performance.now() - begin
}

const ratio = (name: string, value: number): Figure => ({ name, value, unit: 'x raw', target: `>= ${TARGET}`, isMet: value >= TARGET })
const told = (name: string, value: number, unit: string): Figure => ({ name, value, unit, target: null, isMet: null })

export const bench: Bench = {
  name: 'stills',
  async run() {
    const path = clipPath(HEAVY_SPEC)
    const { index } = await inspectMedia(path)
    const count = index.table.pts.length
    const rounds: { raw: number; probe: number; stills: number; single: number; step: number }[] = []
    const one = (frame: number) =>
      timeMs(() => decodeStills(path, index, [frame], async (picture) => void (await encodeStill(picture)), { isQuick: true }))
    // Interleaved, so that whatever else the machine does hits all of them alike.
    for (let round = 0; round < ROUNDS; round++) {
      const raw = await timeMs(() => rawDecode(path, mediaLimits().threads))
      const probe = await timeMs(() => inspectMedia(path, { withTiles: true }))
      const stills = await timeMs(() => decodeStills(path, index, STILLS, async (picture) => void (await encodeStill(picture))))
      const single = await one((round * 71 + 45) % count)
      const step = await one((round * 71 + 46) % count)
      rounds.push({ raw, probe, stills, single, step })
    }
    stopMedia()
    const median = (pick: (round: (typeof rounds)[number]) => number) => percentile(rounds.map(pick), 0.5)
    return {
      figures: [
        ratio(
          'probing (table, checksums, sprite tiles)',
          median(({ raw, probe }) => raw / probe),
        ),
        ratio(
          `${STILLS.length} stills of one video`,
          median(({ raw, stills }) => raw / stills),
        ),
        ratio(
          'probing and stills together',
          median(({ raw, probe, stills }) => (2 * raw) / (probe + stills)),
        ),
        told(
          'raw decoding',
          median(({ raw }) => (count * 1000) / raw),
          'frames/s',
        ),
        told(
          'one still anywhere, warm',
          median(({ single }) => single),
          'ms',
        ),
        told(
          'the next still',
          median(({ step }) => step),
          'ms',
        ),
      ],
      notes: [
        `${count} frames of ${index.table.width}x${index.table.height} H.264 with grain; medians of ${ROUNDS} interleaved rounds; raw = one decode from start to end`,
      ],
    }
  },
}
