import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blueCar, captionAt, sightingAt } from '../template.fixture'
import { knownCaptions, thingsOf } from '../things'
import { directionAnswer, directionInAnswer, directionQuestions, wentWay } from './direction'

const ask = (captions: Parameters<typeof knownCaptions>[0]) => {
  const known = knownCaptions(captions)
  return directionQuestions(thingsOf(known), known, 1)
}

describe('directionQuestions', () => {
  it('asks which way the blue car goes, with a box on both core frames', () => {
    const [only, ...rest] = ask(blueCar())
    expect(rest).toEqual([])
    expect(only?.pair.answer).toBe('From left to right.')
    expect(only?.pair.question).toContain('the blue car')
    expect(only?.pair.support.frames.map(({ frameIndex }) => frameIndex)).toEqual([0, 20])
    expect(only?.pair.support.objects[0]?.boxes).toHaveLength(2)
    expect(only?.pair.support.steps.map(({ text }) => text)).toEqual([
      'At the very beginning, the [[0]] is on the left.',
      'At about 2 seconds, the [[0]] is on the right.',
      'In between, the place of the [[0]] changes in one direction only.',
    ])
    expect(only?.pair.support.distractors).toEqual(['From right to left.', 'From top to bottom.', 'Nowhere.'])
    expect(only?.pair.support.task).toBe('traffic_analysis')
  })

  it('does not ask when one sight in between has no certain motion', () => {
    const captions = blueCar().map((caption, place) =>
      place === 2 && caption.facts !== null
        ? { ...caption, facts: { ...caption.facts, sightings: caption.facts.sightings.map((one) => ({ ...one, motion: null })) } }
        : caption,
    )
    expect(ask(captions)[0]?.pair.support.frames.map(({ frameIndex }) => frameIndex) ?? []).not.toEqual([0, 20])
  })

  it('does not ask across a cut, of a thing without a name, or of one that hardly moves', () => {
    const cut = blueCar().map((caption, place) =>
      caption.facts === null ? caption : { ...caption, facts: { ...caption.facts, shot: place } },
    )
    expect(ask(cut)).toEqual([])
    const twin = sightingAt('car', 50, 280, { colour: 'blue', score: 0.3 })
    expect(
      ask(
        blueCar().map((caption) =>
          caption.facts === null ? caption : { ...caption, facts: { ...caption.facts, sightings: [...caption.facts.sightings, twin] } },
        ),
      ),
    ).toEqual([])
    expect(ask([0, 1].map((time) => captionAt(time, [sightingAt('car', 300 + 40 * time, 150, { track: 1, motion: 'right' })])))).toEqual([])
  })

  it('asks nothing of nothing', () => {
    expect(ask([])).toEqual([])
  })

  it('always answers by where the boxes are', () => {
    const xs = fc.array(fc.integer({ min: 30, max: 570 }), { minLength: 2, maxLength: 7 })
    fc.assert(
      fc.property(xs, fc.constantFrom('left', 'right'), (places, motion) => {
        const found = ask(places.map((x, place) => captionAt(place / 2, [sightingAt('car', x, 150, { track: 1, motion })])))
        for (const { pair } of found) {
          const [from, to] = pair.support.objects[0]?.boxes ?? []
          const way = (to?.rect.x ?? 0) - (from?.rect.x ?? 0)
          expect(pair.answer).toBe(way > 0 ? 'From left to right.' : 'From right to left.')
        }
      }),
    )
  })
})

describe('words of the answer', () => {
  it('are read back', () => {
    for (const direction of ['left', 'right', 'up', 'down']) expect(directionInAnswer(directionAnswer(direction) ?? '')).toBe(direction)
    expect(directionAnswer('towards the camera')).toBeNull()
    expect(directionAnswer('constructor')).toBeNull()
    expect(directionInAnswer('From here to there.')).toBeNull()
  })
})

describe('wentWay', () => {
  it('needs the width of the thing', () => {
    const [first, last] = knownCaptions([captionAt(0, []), captionAt(1, [])])
    if (first === undefined || last === undefined) throw new Error('no captions')
    const sights = [
      { at: first, sighting: sightingAt('car', 100, 150) },
      { at: last, sighting: sightingAt('car', 160, 150) },
    ] as const
    expect(wentWay(sights[0], sights[1], 'right')).toBe(true)
    expect(wentWay(sights[0], sights[1], 'left')).toBe(false)
    expect(wentWay(sights[0], sights[1], 'down')).toBe(false)
    expect(wentWay(sights[0], sights[1], 'sideways')).toBe(false)
  })
})
