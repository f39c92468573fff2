import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerOf, parseDocument, questionOf, recordsOf, stepText, taskOf } from '../document'
import { frameNo, refusalOf } from '../document.fixture'
import { computeFlags } from '../flags'
import { provenanceMapSchema } from '../provenance'
import { taskOfId } from '../tasks'
import { buildDraft } from './draft'
import { exampleParts, partsArbitrary } from './draft.fixture'
import { provenanceOf, type StageMaker } from './draft-origin'

const draft = buildDraft(exampleParts)
const { document } = draft
const context = { video: { width: 640, height: 360, frameCount: 200 }, isMissingMedia: false, rowProblems: draft.problems }

describe('question, answer and task', () => {
  it('are those of the pair', () => {
    expect(questionOf(document)).toMatchObject({ text: exampleParts.pair.question, verdict: 'unseen' })
    expect(answerOf(document)).toMatchObject({
      text: 'A dog crosses the street.',
      options: exampleParts.options.options,
      correctIndex: 1,
      sufficiency: 'unseen',
    })
    expect(taskOfId(taskOf(document).task ?? '')?.group).toBe('Logical Reasoning')
  })
})

describe('core frames', () => {
  it('stand in order of time, with the original captions and exact identity', () => {
    expect(recordsOf(document, 'coreFrame')).toMatchObject([
      { id: 'f1', order: 1, index: 20, pts: 1000, caption: 'Original caption of 20.', score: 0.8, margin: 0.03 },
      { id: 'f2', order: 2, index: 60, pts: 3000, caption: 'Original caption of 60.', score: 0.9, margin: 0.2 },
    ])
    for (const frame of recordsOf(document, 'coreFrame')) expect(frame.match).toEqual({ method: 'exact', confidence: 1 })
  })

  it('keep the writer’s own words in their origin', () => {
    expect(draft.origins.f2).toEqual({
      stage: 'retrieve',
      parameters: { generatedCaption: 'the dog is across', claimedIndex: 60, isLowMargin: false },
      note: null,
    })
  })

  it('become one where two picks led to the same frame, and the better match speaks', () => {
    const place = { frameIndex: frameNo(40), margin: 0.1, isLowMargin: false }
    const places = {
      frames: [
        { ...place, score: 0.5 },
        { ...place, score: 0.7 },
      ],
    }
    const merged = buildDraft({ ...exampleParts, places })
    expect(recordsOf(merged.document, 'coreFrame')).toMatchObject([{ id: 'f1', index: 40, score: 0.7 }])
    expect(merged.origins.f1?.note).toContain('2 picks')
    expect(merged.origins.f1?.parameters).toMatchObject({ generatedCaption: 'a man walks' })
    expect(recordsOf(merged.document, 'step').map((step) => step.frameIds)).toEqual([['f1'], ['f1']])
  })

  it('say so when the writer knew its frames', () => {
    const known = { score: null, margin: null, isLowMargin: false }
    const places = {
      frames: [
        { frameIndex: frameNo(60), ...known },
        { frameIndex: frameNo(20), ...known },
      ],
    }
    const named = buildDraft({ ...exampleParts, places })
    expect(named.origins.f1?.note).toBe('Named by the writer, which knew the frame.')
    expect(named.problems.filter((flag) => flag.code === 'F4')).toEqual([])
  })

  it('fall back on the writer’s words without an original caption', () => {
    expect(recordsOf(buildDraft({ ...exampleParts, captions: [] }).document, 'coreFrame')[0]?.caption).toBe('a man walks')
  })
})

describe('boxes', () => {
  it('are those that were accepted, to a thousandth of a pixel, on their frames', () => {
    expect(recordsOf(document, 'box')).toMatchObject([
      { id: 'b2', objectId: 'o1', frameId: 'f1', score: 0.6, agreement: 0.8 },
      { id: 'b1', objectId: 'o1', frameId: 'f2', score: 0.7, agreement: 0.9, rect: { x: 10, y: 20, w: 30, h: 40 } },
    ])
  })

  it('that were refused are counted with their object', () => {
    expect(draft.origins.o2).toEqual({ stage: 'name-objects', parameters: { boxesFound: 1, boxesRejected: 1 }, note: null })
    expect(draft.origins.o3?.note).toContain('not detectable')
  })
})

describe('steps', () => {
  const steps = recordsOf(document, 'step')

  it('cite frames, and the boxes of their objects on these frames', () => {
    expect(steps.map((step) => step.frameIds)).toEqual([['f1'], ['f1', 'f2']])
    const mentions = steps.map((step) => step.tokens.flatMap((token) => (token.kind === 'mention' ? [token.boxIds] : [])))
    expect(mentions).toEqual([[['b2']], [[], ['b1', 'b2']]])
  })

  it('cite all boxes of an object when they cite no frame', () => {
    const step = { tokens: [{ kind: 'mention' as const, text: 'he', object: 0 }], frames: [] }
    const open = buildDraft({ ...exampleParts, evidence: { steps: [step] } })
    expect(recordsOf(open.document, 'step')[0]?.tokens).toMatchObject([{ boxIds: ['b1', 'b2'] }])
  })

  it('read as they were written; an empty mention takes its phrase', () => {
    expect(steps.map(stepText)).toEqual(['At first the man walks.', 'a brown dog passes him'])
    expect(steps[0]?.tokens).toHaveLength(3)
  })
})

describe('flags of a draft', () => {
  const flags = computeFlags(document, context)
  const of = (code: string) => flags.filter((flag) => flag.code === code)

  it('name the low margin of this project', () => {
    expect(of('F4')).toEqual([
      {
        code: 'F4',
        recordId: 'f1',
        blocking: false,
        message: 'Core frame 1 leads the second-best match by 0.030, less than this project asks for.',
      },
    ])
  })

  it('say a low margin once when it is below the fixed bound too', () => {
    const [first, second] = exampleParts.places.frames
    if (first === undefined || second === undefined) throw new Error('two frames')
    const low = buildDraft({ ...exampleParts, places: { frames: [first, { ...second, margin: 0.01 }] } })
    expect(computeFlags(low.document, { ...context, rowProblems: low.problems }).filter((flag) => flag.code === 'F4')).toHaveLength(1)
  })

  it('name a box that another phrase fits better, and the object whose box was refused', () => {
    expect(of('B2')).toMatchObject([
      { recordId: 'b2', message: 'Another phrase of this sample fits the box of “the man” better (it ranks 2).' },
    ])
    expect(of('B5')).toMatchObject([{ recordId: 'o2' }])
  })
})

describe('provenance', () => {
  const maker: StageMaker = {
    kind: 'model',
    provider: 'server:local',
    model: 'm',
    version: null,
    promptHash: 'h',
    parameters: { temperature: 0, stage: 'lie' },
    costMicroUsd: 12,
    at: '2026-01-01T00:00:00.000Z',
  }

  it('names the stage of every record and of the draft', () => {
    const map = provenanceOf(draft.origins, (stage) => ({ ...maker, model: stage === 'retrieve' ? 'embedder' : 'm' }))
    expect(provenanceMapSchema.parse(JSON.parse(JSON.stringify(map)))).toEqual(map)
    expect(Object.keys(map).sort()).toEqual([...Object.keys(document), 'draft'].sort())
    expect(map.f1).toMatchObject({ model: 'embedder', parameters: { stage: 'retrieve', temperature: 0 } })
    expect(map.draft?.parameters).toMatchObject({ stage: 'write-qa', pairKey: 'k1' })
    expect(map.task?.note).toBe('It asks why.')
    expect(map.answer?.parameters).toMatchObject({ optionSeed: 5, lengthGap: 24 })
  })
})

describe('parts that do not go together', () => {
  const code = (change: Partial<typeof exampleParts>) => refusalOf(() => buildDraft({ ...exampleParts, ...change })).code
  const step = { tokens: [{ kind: 'text' as const, text: 'x' }], frames: [] }

  it('are refused, never written', () => {
    expect(code({ evidence: { steps: [{ ...step, frames: [2] }] } })).toBe('internal')
    expect(code({ evidence: { steps: [{ ...step, tokens: [{ kind: 'mention', text: 'x', object: 3 }] }] } })).toBe('internal')
    expect(code({ verify: { checks: [] } })).toBe('internal')
    expect(code({ objects: { objects: [] } })).toBe('internal')
    expect(code({ places: { frames: [{ frameIndex: frameNo(200), score: 1, margin: 1, isLowMargin: false }] } })).toBe('frame_out_of_range')
    expect(code({ options: { options: ['a'], correctIndex: 1, seed: 1, lengthGap: 0 } })).toBe('invalid_input')
  })
})

describe('laws', () => {
  it('any parts that go together make a document that holds, the same each time', () => {
    fc.assert(
      fc.property(partsArbitrary, (parts) => {
        const made = buildDraft(parts)
        expect(parseDocument(JSON.parse(JSON.stringify(made.document)))).toEqual(made.document)
        expect(buildDraft(structuredClone(parts))).toEqual(made)
        expect(Object.keys(made.origins).sort()).toEqual([...Object.keys(made.document), 'draft'].sort())
        expect(recordsOf(made.document, 'box')).toHaveLength(parts.verify.checks.filter((check) => check.isAccepted).length)
        const frames = recordsOf(made.document, 'coreFrame').map((frame) => frame.index ?? -1)
        expect(new Set(frames)).toEqual(new Set<number>(parts.places.frames.map((place) => place.frameIndex)))
        expect([...frames].sort((a, b) => a - b)).toEqual(frames)
        for (const flag of made.problems) expect(Object.hasOwn(made.document, flag.recordId ?? '')).toBe(true)
        for (const record of Object.values(made.document)) expect(record).toMatchObject({ verdict: 'unseen', reasons: [] })
      }),
    )
  })
})
