import { describe, expect, it } from 'vitest'
import { refusalOf, rid } from '../document.fixture'
import { exampleParts } from './draft.fixture'
import { draftEvidence } from './draft-evidence'
import type { EvidenceToken } from './outputs'

const FRAMES = ['f2', 'f1'].map(rid)
const build = (change: Partial<typeof exampleParts> = {}) => draftEvidence({ ...exampleParts, ...change }, FRAMES)
const stepOf = (tokens: EvidenceToken[], frames: number[] = []) => build({ evidence: { steps: [{ tokens, frames }] } }).steps[0]

describe('objects', () => {
  it('are numbered as they were named, with how many boxes were found and refused', () => {
    const { objects, origins } = build()
    expect(objects.map(({ id, order, phrase }) => [id, order, phrase])).toEqual([
      ['o1', 1, 'the man'],
      ['o2', 2, 'a brown dog'],
      ['o3', 3, 'the kerb'],
    ])
    expect([origins.o1, origins.o2, origins.o3].map((origin) => origin?.parameters)).toEqual([
      { boxesFound: 2, boxesRejected: 0 },
      { boxesFound: 1, boxesRejected: 1 },
      { boxesFound: 0, boxesRejected: 0 },
    ])
  })

  it('may be none', () => {
    const none = build({
      objects: { objects: [] },
      ground: { boxes: [], undetectable: [] },
      verify: { checks: [] },
      evidence: { steps: [{ tokens: [{ kind: 'text', text: 'x' }], frames: [0] }] },
    })
    expect([none.objects, none.boxes]).toEqual([[], []])
  })
})

describe('boxes', () => {
  it('count up without a gap where one was refused, and keep what was found out', () => {
    const { boxes, origins } = build()
    expect(boxes.map(({ id, objectId, frameId, score, agreement }) => [id, objectId, frameId, score, agreement])).toEqual([
      ['b1', 'o1', 'f2', 0.7, 0.9],
      ['b2', 'o1', 'f1', 0.6, 0.8],
    ])
    expect(origins.b1).toEqual({ stage: 'ground', parameters: { label: 'man', rank: 1 }, note: null })
    expect(origins.b2?.note).toBe('second look')
  })

  it('are doubted only when another phrase ranks before theirs', () => {
    expect(build().problems.map((flag) => [flag.code, flag.recordId])).toEqual([['B2', 'b2']])
    const unranked = exampleParts.verify.checks.map((check) => ({ ...check, rank: null }))
    expect(build({ verify: { checks: unranked } }).problems).toEqual([])
  })
})

describe('tokens', () => {
  it('are joined where text meets text and left out where empty', () => {
    const text = (value: string): EvidenceToken => ({ kind: 'text', text: value })
    expect(stepOf([text(''), text('a'), text(''), text('b')])?.tokens).toEqual([{ kind: 'text', text: 'ab' }])
    const mention: EvidenceToken = { kind: 'mention', text: 'he', object: 0 }
    expect(stepOf([text('a'), mention, mention, text('b')])?.tokens.map((token) => token.kind)).toEqual([
      'text',
      'mention',
      'mention',
      'text',
    ])
  })

  it('never say that the source wrote an empty box list', () => {
    const mention: EvidenceToken = { kind: 'mention', text: 'the kerb', object: 2 }
    expect(stepOf([mention], [0])?.tokens).toEqual([{ kind: 'mention', objectId: 'o3', text: 'the kerb', boxIds: [], emptyBox: false }])
  })

  it('cite no more boxes than a mention can hold', () => {
    const [box] = exampleParts.ground.boxes
    const [check] = exampleParts.verify.checks
    if (box === undefined || check === undefined) throw new Error('a box')
    const many = Array.from({ length: 300 }, () => box)
    const { steps, boxes } = build({ ground: { boxes: many, undetectable: [] }, verify: { checks: many.map(() => check) } })
    expect(boxes).toHaveLength(300)
    const [first] = steps.flatMap((step) => step.tokens.filter((token) => token.kind === 'mention' && token.boxIds.length > 0))
    expect(first).toMatchObject({ boxIds: expect.objectContaining({ length: 256 }) })
  })
})

describe('frames of a step', () => {
  it('are cited once each, also when two picks are one frame', () => {
    const one = draftEvidence(exampleParts, [rid('f1'), rid('f1')])
    expect(one.steps.map((step) => step.frameIds)).toEqual([['f1'], ['f1']])
  })

  it('must be there', () => {
    const refusal = refusalOf(() => build({ evidence: { steps: [{ tokens: [{ kind: 'text', text: 'x' }], frames: [5] }] } }))
    expect(refusal).toMatchObject({ code: 'internal', message: expect.stringContaining('core frame 6') })
  })
})
