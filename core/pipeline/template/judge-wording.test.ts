import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameIndexSchema } from '../../ids'
import type { QaPair, Support } from '../outputs'
import { mentionsIn, wordingFinding } from './judge-wording'
import { blueCar, pairOf } from './template.fixture'
import { writePairs } from './write-pairs'

const [written] = writePairs(blueCar(), 1)
if (written === undefined || written.support === null) throw new Error('the fixture gives no pair')
const good = pairOf(written)
const support: Support = written.support
const withSupport = (more: Partial<Support>): QaPair => ({ ...good, support: { ...support, ...more } })
const criterionOf = (pair: QaPair) => wordingFinding(pair)?.criterion ?? null
const bare = (question: string, answer = 'Two.') => criterionOf({ ...good, question, answer, support: null })

describe('wordingFinding on the wording', () => {
  it('has nothing against a written pair', () => {
    expect(wordingFinding(good)).toBeNull()
  })

  it.each([
    ['', 'malformed'],
    ['Tell me what happens.', 'malformed'],
    ['Is there a car?', 'trivial'],
    ['  does it rain?', 'trivial'],
    ['Which car is the most beautiful?', 'subjective'],
    ['What is different in the second frame?', 'malformed'],
    ['What happens to the car after it stops?', null],
  ])('“%s” → %s', (question, criterion) => {
    expect(bare(question)).toBe(criterion)
  })

  it('minds the answer too', () => {
    expect(bare('What is it?', '  ')).toBe('malformed')
    expect(bare('What is it?', 'Yes, it is.')).toBe('trivial')
    expect(bare('How does the number change?', 'No people to two people.')).toBeNull()
    expect(bare('What is it?', 'A lovely day.')).toBe('subjective')
  })
})

describe('wordingFinding on the support', () => {
  const [first, second] = support.frames
  if (first === undefined || second === undefined) throw new Error('the fixture gives no two frames')

  it('needs two different frames', () => {
    expect(criterionOf(withSupport({ frames: [first, first], steps: [{ text: 'The [[0]].', frames: [first.frameIndex] }] }))).toBe(
      'single_frame',
    )
  })

  it.each([
    ['a core frame that no step cites', { steps: [{ text: 'The [[0]].', frames: [first.frameIndex] }] }],
    ['evidence on a frame that is no core frame', { frames: [first, { ...second, frameIndex: frameIndexSchema.parse(99) }] }],
    ['a mention of nothing', { steps: [...support.steps, { text: 'The [[7]] goes.', frames: [] }] }],
    ['an object that is never mentioned', { steps: support.steps.map((step) => ({ ...step, text: 'It moves.' })) }],
    ['an object without a box', { objects: support.objects.map((object) => ({ ...object, boxes: [] })) }],
    ['two wrong answers', { distractors: support.distractors.slice(1) }],
    ['a wrong answer that is right', { distractors: [good.answer, 'b', 'c'] }],
    ['the same wrong answer twice', { distractors: ['a.', 'A', 'c'] }],
    ['an unknown task', { task: 'juggling' }],
  ] satisfies [string, Partial<Support>][])('refuses %s', (_, more) => {
    expect(criterionOf(withSupport(more))).toBe('malformed')
  })

  it('refuses a box on a frame that is no core frame', () => {
    const frameIndex = frameIndexSchema.parse(99)
    const stray = support.objects.map((object) => ({ ...object, boxes: object.boxes.map((box) => ({ ...box, frameIndex })) }))
    expect(criterionOf(withSupport({ objects: stray }))).toBe('malformed')
  })

  it('gives a plain sentence as reason, for any question', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (question, answer) => {
        const finding = wordingFinding({ ...good, question, answer, support: null })
        if (finding !== null) expect(finding.reason).toMatch(/^[A-Z].*\.$/s)
      }),
    )
  })
})

describe('mentionsIn', () => {
  it('reads positions back', () => {
    expect(mentionsIn('The [[0]] and the [[12]] meet [[x]] [3].')).toEqual([0, 12])
    fc.assert(
      fc.property(fc.array(fc.nat(999)), (places) => {
        expect(mentionsIn(places.map((place) => `a [[${place}]]`).join(' '))).toEqual(places)
      }),
    )
  })
})
