import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { provenanceMapSchema } from '../provenance'
import { provenanceOf, type StageMaker } from './draft-origin'
import { STAGE_NAMES, type StageName } from './stages'

const makerOf = (stage: StageName): StageMaker => ({
  kind: stage === 'retrieve' ? 'template' : 'model',
  provider: 'p',
  model: `model of ${stage}`,
  version: null,
  promptHash: null,
  parameters: { temperature: 0, label: 'of the model' },
  costMicroUsd: 3,
  at: null,
})

describe('provenanceOf', () => {
  it('takes the maker of the stage of each record, and its own note and facts', () => {
    const map = provenanceOf(
      {
        f1: { stage: 'retrieve', parameters: { isLowMargin: true }, note: 'found' },
        b1: { stage: 'ground', parameters: { label: 'dog' }, note: null },
      },
      makerOf,
    )
    expect(map.f1).toEqual({
      ...makerOf('retrieve'),
      parameters: { temperature: 0, label: 'of the model', isLowMargin: true, stage: 'retrieve' },
      note: 'found',
    })
    expect(map.b1?.parameters).toEqual({ temperature: 0, label: 'dog', stage: 'ground' })
  })

  it('always names the stage, whatever a model calls its parameters', () => {
    const liar = { ...makerOf('ground'), parameters: { stage: 'verify' } }
    expect(provenanceOf({ b1: { stage: 'ground', parameters: {}, note: null } }, () => liar).b1?.parameters.stage).toBe('ground')
  })

  it('has one entry a record and parses', () => {
    const origin = fc.record({
      stage: fc.constantFrom(...STAGE_NAMES),
      parameters: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.boolean(), fc.integer(), fc.string())),
      note: fc.option(fc.string({ maxLength: 100 })),
    })
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/), origin), (origins) => {
        const map = provenanceOf(origins, makerOf)
        expect(Object.keys(map).sort()).toEqual(Object.keys(origins).sort())
        expect(provenanceMapSchema.safeParse(map).success).toBe(true)
      }),
    )
  })
})
