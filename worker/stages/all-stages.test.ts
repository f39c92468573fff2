import { describe, expect, it } from 'vitest'
import { parseDocument, questionOf, recordsOf } from '@/core/document'
import { computeFlags } from '@/core/flags'
import { STAGE_OUTPUTS, type StageOutput } from '@/core/pipeline/outputs'
import { inputsOf } from '@/core/pipeline/stage-inputs'
import { CODE_PROVENANCE, type StageProvenance } from '@/core/pipeline/stage-provenance'
import { STAGE_NAMES, type StageName, scopeOf } from '@/core/pipeline/stages'
import { provenanceMapSchema } from '@/core/provenance'
import { loadStage } from './all-stages'
import { assembleDraft } from './lint'
import { codeOf } from './refusal-for-tests'
import { captionOf, depsOf, settings, video } from './stage.fixture'

const AT = '2026-01-01T00:00:00.000Z'
const made = new Map<StageName, StageProvenance & { costMicroUsd: number }>(
  STAGE_NAMES.map((stage) => [stage, { ...CODE_PROVENANCE, kind: 'model', model: `model of ${stage}`, costMicroUsd: 5 }]),
)
const WORDS = [
  'Alpha waits.',
  'Bravo runs quickly.',
  'Zulu quizzes Xavier.',
  'Mimi hums.',
  'Oo oo.',
  'Tttt eeee.',
  'Vvv kkk jjj.',
  'Rrr sss.',
]

/** Runs all stages in their order as the engine does: each gets what it reads, its output goes through JSON and its schema. */
async function runAll(pairOf: (keys: string[]) => string) {
  const deps = depsOf({ captioner: { caption: async (frames) => frames.map(({ index }, at) => captionOf(index, WORDS[at] ?? 'x')) } })
  const outputs: Record<string, unknown> = {}
  const beforeOf = (stage: StageName): Partial<StageOutput> => Object.fromEntries(inputsOf(stage).map((name) => [name, outputs[name]]))
  let pairKey: string | null = null
  for (const name of STAGE_NAMES) {
    if (name === 'lint') break
    if (scopeOf(name) === 'draft' && pairKey === null)
      pairKey = pairOf(STAGE_OUTPUTS['write-qa'].parse(outputs['write-qa']).pairs.map(({ key }) => key))
    const stage = await loadStage(name)
    const output = await stage({ video, settings, before: beforeOf(name), pairKey }, deps)
    outputs[name] = STAGE_OUTPUTS[name].parse(JSON.parse(JSON.stringify(output)))
  }
  return { video, settings, before: beforeOf('lint'), pairKey }
}

describe('all stages', () => {
  it('lead from signatures to a draft that holds, the same each time', async () => {
    const input = await runAll((keys) => keys[1] ?? '')
    const draft = assembleDraft(input, made, AT)
    expect(parseDocument(JSON.parse(JSON.stringify(draft.document)))).toEqual(draft.document)
    expect(draft).toMatchObject({ question: 'Why 0.1?', answer: 'Because 1.', pairKey: input.pairKey })
    expect(questionOf(draft.document).text).toBe('Why 0.1?')
    expect(recordsOf(draft.document, 'coreFrame').map((frame) => frame.caption)).toEqual(WORDS.slice(0, 2))
    expect(recordsOf(draft.document, 'box')).toHaveLength(4)
    expect(provenanceMapSchema.parse(draft.provenance)).toEqual(draft.provenance)
    expect(draft.provenance.f1).toMatchObject({ model: 'model of retrieve', costMicroUsd: 5, at: AT, parameters: { stage: 'retrieve' } })
    const context = { video: { width: 640, height: 360, frameCount: 160 }, isMissingMedia: false, rowProblems: draft.problems }
    expect(computeFlags(draft.document, context).filter((flag) => flag.blocking)).toEqual([])
    expect(assembleDraft(await runAll((keys) => keys[1] ?? ''), made, AT)).toEqual(draft)
  })

  it('are all there but lint, which writes', async () => {
    for (const name of STAGE_NAMES) {
      if (name === 'lint') expect(await codeOf(loadStage(name))).toBe('internal')
      else expect(await loadStage(name)).toBeTypeOf('function')
    }
  })
})

describe('assembleDraft', () => {
  it('says what is missing', async () => {
    const input = await runAll((keys) => keys[0] ?? '')
    const { verify: _verify, ...rest } = input.before
    expect(await codeOf((async () => assembleDraft({ ...input, before: rest }, made, AT))())).toBe('internal')
    expect(await codeOf((async () => assembleDraft({ ...input, pairKey: 'other' }, made, AT))())).toBe('internal')
    expect(await codeOf((async () => assembleDraft(input, new Map(), AT))())).toBe('internal')
  })
})
