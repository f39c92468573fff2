import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sighting } from '../../facts'
import { captionAt, sightingAt } from '../template.fixture'
import { knownCaptions, thingsOf } from '../things'
import { companyAnswer, companyInAnswer, companyQuestions } from './company'

const person = sightingAt('person', 300, 150, { track: 1, rect: { x: 200, y: 20, w: 150, h: 250 } })
const dog = sightingAt('dog', 500, 250, { track: 2 })
const scene = (count: number, more: readonly Sighting[] = []) =>
  Array.from({ length: count }, (_, time) => captionAt(time, [person, dog, ...more]))
const ask = (captions: Parameters<typeof knownCaptions>[0]) => {
  const known = knownCaptions(captions)
  return companyQuestions(thingsOf(known), known, 1)
}

describe('companyQuestions', () => {
  it('asks what is with a thing at two moments', () => {
    const found = ask(scene(3))
    const only = found.find(({ pair }) => pair.answer === 'A dog.')
    expect(only?.pair.question).toContain('the person')
    expect(only?.pair.support.frames.map(({ frameIndex }) => frameIndex)).toEqual([0, 20])
    expect(only?.pair.support.objects.map(({ phrase, boxes }) => [phrase, boxes.length])).toEqual([
      ['person', 2],
      ['dog', 2],
    ])
    expect(only?.pair.support.distractors).toEqual(['A cat.', 'A bicycle.', 'An umbrella.'])
    expect(new Set(found.map(({ subject }) => subject)).size).toBe(1)
  })

  it('does not ask of a short meeting, or beside a third kind of thing', () => {
    expect(ask(scene(2))).toEqual([])
    expect(ask(scene(3, [sightingAt('bench', 90, 250, { score: 0.4 })]))).toEqual([])
  })

  it('never offers what left a trace', () => {
    const traced = fc.subarray(['cat', 'bicycle', 'umbrella', 'horse', 'chair', 'bench', 'laptop'])
    fc.assert(
      fc.property(traced, (labels) => {
        const found = ask(
          scene(
            3,
            labels.map((label) => sightingAt(label, 590, 5, { score: 0.26, rect: { x: 590, y: 0, w: 5, h: 5 } })),
          ),
        )
        for (const { pair } of found) for (const label of labels) expect(pair.support.distractors).not.toContain(companyAnswer(label))
      }),
    )
  })
})

describe('words of the answer', () => {
  it('are read back', () => {
    for (const label of ['dog', 'umbrella', 'potted plant']) expect(companyInAnswer(companyAnswer(label))).toBe(label)
    expect(companyInAnswer('From left to right.')).toBeNull()
  })
})
