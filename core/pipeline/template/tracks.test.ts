import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RawFrame } from './raw-frame'
import { drive, rawAt, seenAt, VIEW } from './template.fixture'
import { followThings, MAX_GAP_SEC } from './tracks'

/** The tracks of each frame, in the order of its detections. */
const tracksOf = (frames: readonly RawFrame[]) => followThings(frames, VIEW).map(({ seen }) => seen.map(({ track }) => track))

describe('followThings', () => {
  it('follows a thing that leaves its own outline between two samples, by its measured velocity', () => {
    expect(tracksOf(drive('car', { x: 60, y: 150 }, 150, 5))).toEqual([[0], [0], [0], [0], [0]])
  })

  it('does not follow it without a measured velocity', () => {
    const blind = drive('car', { x: 60, y: 150 }, 150, 4).map((frame) => ({ ...frame, soon: null }))
    expect(tracksOf(blind)).toEqual([[null], [null], [null], [null]])
  })

  it('follows a thing that stays, with or without', () => {
    const still = drive('person', { x: 200, y: 150 }, 0, 4)
    expect(tracksOf(still)).toEqual([[0], [0], [0], [0]])
    expect(tracksOf(still.map((frame) => ({ ...frame, soon: null })))).toEqual([[0], [0], [0], [0]])
  })

  it('keeps a slow thing that turns round or stops, which still covers its own outline', () => {
    const large = (x: number) => seenAt('person', 0, 0, { rect: { x, y: 50, w: 200, h: 220 } })
    const frames = [rawAt(0, [large(100)], [large(112)]), rawAt(1, [large(110)], [large(98)]), rawAt(2, [large(95)], [large(95)])]
    expect(tracksOf(frames)).toEqual([[0], [0], [0]])
  })

  it('takes a velocity over when it cannot be measured once', () => {
    const frames = drive('car', { x: 60, y: 150 }, 150, 4).map((frame, place) => (place === 1 ? { ...frame, soon: null } : frame))
    expect(tracksOf(frames)).toEqual([[0], [0], [0], [0]])
  })

  it('keeps the thing behind from being taken for the one in front', () => {
    // Headway 1.3 lengths: after half a second the follower is nearer to where the leader was than the leader itself.
    const frames = [0, 1, 2, 3].map((place) => {
      const x = 300 + 75 * place
      return rawAt(place / 2, [seenAt('car', x, 150), seenAt('car', x - 80, 150)], [seenAt('car', x + 30, 150), seenAt('car', x - 50, 150)])
    })
    const followed = followThings(frames, VIEW)
    for (const track of [0, 1]) {
      const xs = followed.flatMap(({ seen }) => seen.filter((one) => one.track === track).map(({ rect }) => rect.x))
      expect(xs).toEqual([...xs].sort((a, b) => a - b))
      expect(new Set(xs.slice(1).map((x, place) => x - (xs[place] ?? 0)))).toEqual(new Set([75]))
    }
  })

  it('lets both go where two of a size overlap, and does not join them again after it', () => {
    const frames = [0, 1, 2, 3, 4].map((place) =>
      rawAt(place / 2, [seenAt('person', 200 + 20 * place, 150), seenAt('person', 280 - 20 * place, 150)]),
    )
    const tracks = tracksOf(frames)
    expect(tracks[1]).toEqual([null, null])
    expect(tracks[2]).toEqual([null, null])
    const before = new Set(tracks[0])
    expect(tracks[4]?.some((track) => track !== null && before.has(track))).toBe(false)
  })

  it('never goes across a cut', () => {
    const frames = [0, 1, 2, 3].map((place) => rawAt(place / 2, [seenAt('person', 200, 150)], null, place < 2 ? 0 : 1))
    expect(tracksOf(frames)).toEqual([[0], [0], [1], [1]])
  })

  it('never joins two clear colours', () => {
    const frames = [0, 1, 2, 3].map((place) => rawAt(place / 2, [seenAt('car', 200, 150, { colour: place < 2 ? 'red' : 'blue' })]))
    expect(tracksOf(frames)).toEqual([[0], [0], [1], [1]])
  })

  it('ends after a gap, and at a sudden change of size or velocity', () => {
    const gap = [0, 0.5, 0.5 + MAX_GAP_SEC + 0.1].map((time) => rawAt(time, [seenAt('person', 200, 150)]))
    expect(tracksOf(gap)).toEqual([[0], [0], [null]])
    const grown = [0, 0.5].map((time) =>
      rawAt(time, [seenAt('person', 200, 150, time === 0 ? {} : { rect: { x: 150, y: 120, w: 100, h: 60 } })]),
    )
    expect(tracksOf(grown)).toEqual([[null], [null]])
    const turned = [
      rawAt(0, [seenAt('car', 200, 150)], [seenAt('car', 230, 150)]),
      rawAt(0.5, [seenAt('car', 275, 150)], [seenAt('car', 245, 150)]),
    ]
    expect(tracksOf(turned)).toEqual([[null], [null]])
  })

  it('follows one thing under several names', () => {
    const frames = drive('car', { x: 60, y: 150 }, 150, 4).map((frame, place) =>
      place === 2 ? { ...frame, seen: frame.seen.map((one) => ({ ...one, label: 'suitcase' })) } : frame,
    )
    expect(tracksOf(frames)).toEqual([[0], [0], [0], [0]])
  })

  it('gives nothing for no frames, and keeps frames without detections', () => {
    expect(followThings([], VIEW)).toEqual([])
    expect(tracksOf([rawAt(0, []), rawAt(0.5, [seenAt('car', 1, 1)])])).toEqual([[], [null]])
  })

  const scene = fc.array(
    fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 600 }), y: fc.integer({ min: 0, max: 300 }), label: fc.constantFrom('car', 'dog') }),
      {
        maxLength: 5,
      },
    ),
    { maxLength: 8 },
  )

  it('keeps every detection, uses a track once a frame, and numbers tracks from 0 without a gap', () => {
    fc.assert(
      fc.property(scene, (places) => {
        const frames = places.map((things, place) =>
          rawAt(
            place / 2,
            things.map(({ label, x, y }) => seenAt(label, x, y)),
          ),
        )
        const followed = followThings(frames, VIEW)
        expect(followed.map(({ seen }) => seen.map(({ rect }) => rect))).toEqual(frames.map(({ seen }) => seen.map(({ rect }) => rect)))
        const counts = new Map<number, number>()
        for (const { seen } of followed) {
          const tracks = seen.flatMap(({ track }) => track ?? [])
          expect(new Set(tracks).size).toBe(tracks.length)
          for (const track of tracks) counts.set(track, (counts.get(track) ?? 0) + 1)
        }
        expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: counts.size }, (_, place) => place))
        expect([...counts.values()].every((count) => count > 1)).toBe(true)
      }),
    )
  })
})
