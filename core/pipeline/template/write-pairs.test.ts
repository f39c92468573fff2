import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { supportSchema } from '../outputs'
import { blueCar, captionAt, sightingAt } from './template.fixture'
import { writePairs } from './write-pairs'

const red = (time: number, x: number) =>
  captionAt(time, [sightingAt('car', x, 150, { track: 9, colour: 'red', motion: 'right', score: 0.9, place: x < 200 ? 'left' : 'right' })])
const scene = [...blueCar(), red(10, 100), red(10.5, 250), red(11, 420)]

describe('writePairs', () => {
  it('writes at most so many, of as many kinds as it can, the most certain first', () => {
    const all = writePairs(scene, 9)
    expect(all.map(({ answer }) => answer).sort()).toEqual(['First blue, then red.', 'From left to right.', 'From left to right.'])
    const kinds = writePairs(scene, 2).map(({ answer }) => answer)
    expect(new Set(kinds)).toEqual(new Set(['From left to right.', 'First blue, then red.']))
    expect(writePairs(scene, 0)).toEqual([])
  })

  it('writes nothing of captions without facts, of nothing seen, or of weak things', () => {
    expect(writePairs([], 3)).toEqual([])
    expect(
      writePairs(
        scene.map((caption) => ({ ...caption, facts: null })),
        3,
      ),
    ).toEqual([])
    expect(writePairs(blueCar({ track: null }), 3)).toEqual([])
    expect(writePairs(blueCar({ score: 0.4 }), 3)).toEqual([])
  })

  it('says the same of the same captions, in whatever order they come', () => {
    expect(writePairs([...scene].reverse(), 9)).toEqual(writePairs(scene, 9))
  })

  it('varies its wording from scene to scene', () => {
    const later = (seconds: number) =>
      blueCar().map((caption) => captionAt((caption.facts?.timeSec ?? 0) + seconds, caption.facts?.sightings ?? []))
    const openings = new Set(
      Array.from({ length: 20 }, (_, place) =>
        writePairs(later(place + 1), 1)[0]
          ?.question.split(' ')
          .slice(0, 2)
          .join(' '),
      ),
    )
    expect(openings.size).toBeGreaterThan(1)
  })

  it('writes whole pairs: two core frames, a box for each object, three wrong answers, no yes or no', () => {
    const one = fc.record({
      label: fc.constantFrom('car', 'truck', 'person', 'dog', 'umbrella'),
      score: fc.double({ min: 0.25, max: 1, noNaN: true }),
      x: fc.integer({ min: 30, max: 570 }),
      y: fc.constantFrom(40, 150, 260),
      track: fc.option(fc.integer({ min: 0, max: 2 })),
      colour: fc.constantFrom(null, 'red', 'blue'),
      place: fc.constantFrom('', 'left', 'top right'),
      motion: fc.constantFrom(null, 'left', 'right', 'away from the camera'),
    })
    fc.assert(
      fc.property(fc.array(fc.array(one, { maxLength: 3 }), { maxLength: 8 }), fc.integer({ min: 0, max: 4 }), (list, count) => {
        const captions = list.map((things, place) =>
          captionAt(
            place / 2,
            things.map(({ label, x, y, ...more }) => sightingAt(label, x, y, more)),
          ),
        )
        const pairs = writePairs(captions, count)
        expect(pairs.length).toBeLessThanOrEqual(count)
        expect(new Set(pairs.map(({ question }) => question)).size).toBe(pairs.length)
        for (const { question, answer, support } of pairs) {
          expect(question).toMatch(/^(?:[A-Z]).*\?$/)
          expect(question).not.toMatch(/^(?:Is|Are|Does|Do|Has|Can) /)
          const parsed = supportSchema.parse(support)
          expect(new Set(parsed.frames.map(({ frameIndex }) => frameIndex)).size).toBeGreaterThanOrEqual(2)
          expect(parsed.objects.every(({ boxes }) => boxes.length > 0)).toBe(true)
          expect(new Set([answer, ...parsed.distractors]).size).toBe(4)
          const indices = new Set<number>(captions.map(({ frameIndex }) => frameIndex))
          expect(parsed.frames.every(({ frameIndex }) => indices.has(frameIndex))).toBe(true)
        }
      }),
    )
  })
})
