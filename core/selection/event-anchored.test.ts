import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventAnchored, eventsOf } from './event-anchored'
import { angle, areIndices, relevanceOf, sceneArbitrary } from './selection.fixture'
import { dot } from './similarity'

const usual = { lambda: 0.6, spread: 1 }
/** Three events of four frames each. */
const clip = [0, 1, 2, 3, 60, 61, 62, 63, 120, 121, 122, 123].map(angle)

describe('eventsOf', () => {
  it('cuts where the embedding jumps', () => {
    expect(eventsOf(clip, 1)).toEqual([
      { start: 0, end: 4 },
      { start: 4, end: 8 },
      { start: 8, end: 12 },
    ])
  })

  it('sees one event where all steps are equal', () => {
    expect(eventsOf([0, 10, 20, 30].map(angle), 1)).toEqual([{ start: 0, end: 4 }])
    expect(eventsOf([angle(5), angle(5)], 1)).toEqual([{ start: 0, end: 2 }])
    expect(eventsOf([angle(5)], 1)).toEqual([{ start: 0, end: 1 }])
    expect(eventsOf([], 1)).toEqual([])
  })

  it('cuts less when it is told to be slower', () => {
    const steps = [0, 1, 2, 30, 31, 32, 90, 91].map(angle)
    expect(eventsOf(steps, 0.1).length).toBeGreaterThan(eventsOf(steps, 2).length)
  })

  it('holds every frame once, in order', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.double({ min: 0, max: 3, noNaN: true }), (scene, spread) => {
        const events = eventsOf(scene.frames, spread)
        expect(events[0]?.start).toBe(0)
        expect(events[events.length - 1]?.end).toBe(scene.frames.length)
        for (const [at, event] of events.entries()) {
          expect(event.end).toBeGreaterThan(event.start)
          expect(event.start).toBe(events[at - 1]?.end ?? 0)
        }
      }),
    )
  })
})

describe('eventAnchored', () => {
  const scoresFor = (degrees: number) => clip.map((frame) => dot(frame, angle(degrees)))

  it('takes the best frame of each event', () => {
    expect([...eventAnchored(scoresFor(60), clip, 3, usual)].sort((a, b) => a - b)).toEqual([3, 4, 8])
  })

  it('takes the middle of an event in which all are equal', () => {
    const flat = clip.map(() => 0.2)
    expect(eventAnchored(flat, clip, 1, { lambda: 1, spread: 1 })).toEqual([1])
    expect(eventAnchored([0.2, 0.2, 0.2], [angle(3), angle(3), angle(3)], 1, usual)).toEqual([1])
  })

  it('prefers an event of its own over a second frame of the best one', () => {
    const indices = eventAnchored(scoresFor(0), clip, 2, usual)
    expect(new Set(indices.map((index) => Math.floor(index / 4))).size).toBe(2)
  })

  it('goes on over all frames when there are more wanted than events', () => {
    const indices = eventAnchored(scoresFor(60), clip, 5, usual)
    expect([...indices.slice(0, 3)].sort((a, b) => a - b)).toEqual([3, 4, 8])
    expect(indices).toHaveLength(5)
    expect(areIndices(indices, 12)).toBe(true)
  })

  it('gives min(k, n) distinct frames', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.integer({ min: 1, max: 30 }), (scene, k) => {
        const indices = eventAnchored(relevanceOf(scene), scene.frames, k, usual)
        expect(indices.length).toBe(Math.min(k, scene.frames.length))
        expect(areIndices(indices, scene.frames.length)).toBe(true)
      }),
    )
  })

  it('takes no second frame of an event before every event has one', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.integer({ min: 1, max: 10 }), (scene, k) => {
        const events = eventsOf(scene.frames, usual.spread)
        const indices = eventAnchored(relevanceOf(scene), scene.frames, k, usual)
        const first = indices.slice(0, events.length)
        const places = first.map((index) => events.findIndex(({ start, end }) => index >= start && index < end))
        expect(new Set(places).size).toBe(first.length)
      }),
    )
  })
})
