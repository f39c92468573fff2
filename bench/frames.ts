/** Exactness over all fixture clips: how many stills do not show the frame they are named after? The target is none. */
import { CLIP_SPECS, type ClipSpec } from '@/e2e/fixtures/clip-specs'
import { clipPath, countersOf } from '@/e2e/fixtures/clips'
import { readCounter } from '@/e2e/fixtures/counter'
import { decodeStills } from '@/server/media/decode-stills'
import { inspectMedia } from '@/server/media/inspect-media'
import { stopMedia } from '@/server/media/media-client'
import type { Bench, Figure } from './result'

type Tally = { asked: number; wrong: number }

async function checkClip(spec: ClipSpec): Promise<Tally> {
  const path = clipPath(spec)
  const { index } = await inspectMedia(path)
  const counters = countersOf(spec)
  const all = index.table.pts.map((_, i) => i)
  const shuffled = [...all].sort((a, b) => ((a * 7919) % 127) - ((b * 7919) % 127))
  const seen: (number | null)[] = []
  const look = (into: (number | null)[]) => (picture: Parameters<typeof readCounter>[0] & { index: number }) => {
    into[picture.index] = readCounter(picture)
  }
  await decodeStills(path, index, all, look(seen))
  const again: (number | null)[] = []
  for (const frame of shuffled.slice(0, 30)) await decodeStills(path, index, [frame], look(again))
  const wrong = all.filter((i) => seen[i] !== counters[i]).length + shuffled.slice(0, 30).filter((i) => again[i] !== counters[i]).length
  return { asked: all.length + Math.min(30, all.length), wrong: wrong + Math.abs(all.length - counters.length) }
}

const told = (name: string, value: number, unit: string): Figure => ({ name, value, unit, target: null, isMet: null })

export const bench: Bench = {
  name: 'frames',
  async run() {
    const tallies: Tally[] = []
    for (const spec of CLIP_SPECS) tallies.push(await checkClip(spec))
    stopMedia()
    const sum = (pick: (tally: Tally) => number) => tallies.reduce((total, tally) => total + pick(tally), 0)
    const wrong = sum((tally) => tally.wrong)
    return {
      figures: [
        { name: 'wrong frames', value: wrong, unit: 'frames', target: '0', isMet: wrong === 0 },
        told(
          'stills asked for',
          sum((tally) => tally.asked),
          'stills',
        ),
        told('clips', tallies.length, 'clips'),
      ],
      notes: ['every frame once in order, then 30 of each clip one by one in mixed order'],
    }
  },
}
