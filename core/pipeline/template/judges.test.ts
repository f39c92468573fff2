import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sighting } from '../facts'
import type { Caption, QaPair } from '../outputs'
import { factsFinding } from './judge-facts'
import { recountFinding } from './judge-recount'
import { blueCar, boxAt, captionAt, pairOf, sightingAt } from './template.fixture'
import { writePairs } from './write-pairs'

/** The pair of that kind of answer, as it was written. */
function written(captions: readonly Caption[], answer: RegExp): QaPair {
  const found = writePairs(captions, 9).find((pair) => answer.test(pair.answer))
  if (found === undefined) throw new Error(`no pair with an answer like ${answer}`)
  return pairOf(found)
}

const tracked = (label: string, track: number, x: number, more: Partial<Sighting> = {}) => sightingAt(label, x, 150, { track, ...more })
const people = (count: number) => Array.from({ length: count }, (_, place) => tracked('person', place, 50 + 90 * place))
const person = { rect: { x: 200, y: 20, w: 150, h: 250 } }

const SCENES: Record<string, { captions: Caption[]; answer: RegExp; wrong: string }> = {
  direction: { captions: blueCar(), answer: /^From left/, wrong: 'From right to left.' },
  distance: {
    captions: [60, 80, 120].map((size, time) =>
      captionAt(time, [tracked('person', 1, 300, { motion: 'towards the camera', rect: boxAt(300, 150, size, size) })]),
    ),
    answer: /^Closer/,
    wrong: 'Away from the camera.',
  },
  colours: {
    captions: [captionAt(0, [tracked('car', 1, 100, { colour: 'blue' })]), captionAt(5, [tracked('car', 2, 100, { colour: 'red' })])],
    answer: /^First blue/,
    wrong: 'First red, then blue.',
  },
  kinds: {
    captions: [captionAt(0, [tracked('car', 1, 100, { place: 'left' })]), captionAt(5, [tracked('truck', 2, 100, { place: 'left' })])],
    answer: /^A car first/,
    wrong: 'A truck first, then a car.',
  },
  counts: {
    captions: [2, 2, 4, 4].map((count, time) => captionAt(time, people(count))),
    answer: /^From two to four/,
    wrong: 'From two to five.',
  },
  company: {
    captions: [0, 1, 2].map((time) => captionAt(time, [tracked('person', 1, 0, person), tracked('dog', 2, 500)])),
    answer: /^A (dog|person)/,
    wrong: 'A cat.',
  },
}

/** Every sighting of the captions through a change. */
function changed(captions: readonly Caption[], change: (sighting: Sighting, timeSec: number) => Sighting): Caption[] {
  return captions.map((caption) => {
    const { facts } = caption
    return facts === null
      ? caption
      : { ...caption, facts: { ...facts, sightings: facts.sightings.map((one) => change(one, facts.timeSec)) } }
  })
}

describe.each(Object.entries(SCENES))('both judges on %s', (_, { captions, answer, wrong }) => {
  const pair = written(captions, answer)

  it('keep what was written', () => {
    expect(factsFinding(pair, captions)).toBeNull()
    expect(recountFinding(pair, captions)).toBeNull()
  })

  it('refuse another answer', () => {
    const support = pair.support === null ? null : { ...pair.support, distractors: ['x', 'y', 'z'] }
    const lie = { ...pair, answer: wrong, support }
    expect(factsFinding(lie, captions)?.criterion).toBe('inconsistent')
    expect(recountFinding(lie, captions)?.criterion).toBe('inconsistent')
  })

  it('refuse an answer that claims nothing', () => {
    const idle = { ...pair, answer: 'Because of the weather.' }
    expect(factsFinding(idle, captions)?.criterion).toBe('not_answerable')
    expect(recountFinding(idle, captions)?.criterion).toBe('not_answerable')
  })

  it('rules: refuse boxes that nothing followed lies under', () => {
    expect(
      factsFinding(
        pair,
        changed(captions, (one) => ({ ...one, track: null })),
      )?.criterion,
    ).toBe('not_observable')
    expect(
      factsFinding(
        pair,
        changed(captions, (one) => ({ ...one, rect: { ...one.rect, x: one.rect.x + 40 } })),
      )?.criterion,
    ).toBe('not_observable')
    expect(factsFinding(pair, [])?.criterion).toBe('not_observable')
  })

  it('second count: refuses when the raw sightings are gone', () => {
    const renamed = changed(captions, (one) => ({ ...one, label: 'sheep' }))
    expect(recountFinding(pair, renamed)?.criterion).toBe('inconsistent')
    expect(recountFinding(pair, [])?.criterion).toBe('inconsistent')
  })
})

describe('the second count', () => {
  it('refuses a direction when another thing of the kind could be the same one', () => {
    const captions = blueCar({ colour: 'blue' })
    const pair = written(captions, /^From left/)
    const behind = captions.map((caption, place) =>
      place === 4 && caption.facts !== null
        ? { ...caption, facts: { ...caption.facts, sightings: [...caption.facts.sightings, sightingAt('car', 30, 150)] } }
        : caption,
    )
    expect(recountFinding(pair, behind)?.criterion).toBe('inconsistent')
    const other = behind.map((caption) => ({
      ...caption,
      facts:
        caption.facts === null
          ? null
          : { ...caption.facts, sightings: caption.facts.sightings.map((one) => (one.track === null ? { ...one, colour: 'red' } : one)) },
    }))
    expect(recountFinding(pair, other)).toBeNull()
  })

  it('counts what the writer held for too weak', () => {
    const captions = SCENES.counts?.captions ?? []
    const pair = written(captions, /^From two to four/)
    const more = captions.map((caption) => ({
      ...caption,
      facts:
        caption.facts === null
          ? null
          : { ...caption.facts, sightings: [...caption.facts.sightings, sightingAt('person', 580, 20, { score: 0.45 })] },
    }))
    expect(recountFinding(pair, more)?.criterion).toBe('inconsistent')
  })

  it('refuses a wrong answer of which there is a trace', () => {
    const captions = SCENES.company?.captions ?? []
    const pair = written(captions, /^A (dog|person)/)
    const trace = captions.map((caption) => ({
      ...caption,
      facts:
        caption.facts === null
          ? null
          : { ...caption.facts, sightings: [...caption.facts.sightings, sightingAt('cat', 580, 20, { score: 0.26 })] },
    }))
    expect(recountFinding(pair, trace)?.criterion).toBe('inconsistent')
  })
})

describe('questions of a language model', () => {
  it('are judged by their wording, since they bring no facts', () => {
    const pair: QaPair = { key: 'k', group: 0, question: 'Why does the man stop?', answer: 'The light turns red.', support: null }
    expect(factsFinding(pair, [])).toBeNull()
    expect(recountFinding(pair, [])).toBeNull()
    expect(factsFinding({ ...pair, question: 'Is he late?' }, [])?.criterion).toBe('trivial')
  })
})

describe('whatever is written', () => {
  it('passes both judges or is refused with a reason, and never throws', () => {
    const one = fc.record({
      label: fc.constantFrom('car', 'truck', 'person', 'dog'),
      score: fc.double({ min: 0.25, max: 1, noNaN: true }),
      x: fc.integer({ min: 30, max: 570 }),
      track: fc.option(fc.integer({ min: 0, max: 3 })),
      colour: fc.constantFrom(null, 'red', 'blue', 'grey'),
      place: fc.constantFrom('', 'left', 'right'),
      motion: fc.constantFrom(null, 'left', 'right', 'towards the camera'),
    })
    fc.assert(
      fc.property(fc.array(fc.array(one, { maxLength: 4 }), { maxLength: 8 }), (scene) => {
        const captions = scene.map((things, place) =>
          captionAt(
            place / 2,
            things.map(({ label, x, ...more }) => sightingAt(label, x, 150, more)),
          ),
        )
        for (const pair of writePairs(captions, 5).map(pairOf)) {
          for (const finding of [factsFinding(pair, captions), recountFinding(pair, captions)]) {
            expect(finding === null || finding.reason.endsWith('.')).toBe(true)
            expect(finding?.criterion).not.toBe('malformed')
          }
        }
      }),
    )
  })
})
