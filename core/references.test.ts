import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentProblems, requireRecord, tokenText } from './document'
import { documentArbitrary, draftSample, mention, RUNS, run } from './document.fixture'
import { without } from './record-edit'
import { fittingStep, joinTokens, referencesOf, withoutDangling } from './references'

const draft = draftSample()

describe('referencesOf', () => {
  it('lists what a record needs', () => {
    expect(referencesOf(requireRecord(draft, 'b1', 'box'))).toEqual(['o1', 'f1'])
    expect(referencesOf(requireRecord(draft, 's2', 'step'))).toEqual(['f2', 'f3', 'o3', 'o1', 'b3'])
    expect(referencesOf(requireRecord(draft, 'f1', 'coreFrame'))).toEqual([])
  })
})

describe('joinTokens', () => {
  it('joins neighbouring runs and drops empty ones', () => {
    expect(joinTokens([run(''), run('a'), run('b'), mention('o1', 'c'), run(''), run('d')])).toEqual([
      run('ab'),
      mention('o1', 'c'),
      run('d'),
    ])
  })

  it('keeps neighbouring mentions apart', () => {
    expect(joinTokens([mention('o1', 'a'), mention('o1', 'a')])).toHaveLength(2)
  })

  it('keeps the sentence, and joining again changes nothing', () => {
    const token = fc.oneof(fc.string({ maxLength: 4 }).map(run), fc.constantFrom(mention('o1', 'man'), mention('o2', 'rope', ['b2'])))
    fc.assert(
      fc.property(fc.array(token), (tokens) => {
        const joined = joinTokens(tokens)
        expect(tokenText(joined)).toBe(tokenText(tokens))
        expect(joinTokens(joined)).toEqual(joined)
      }),
      RUNS,
    )
  })
})

describe('fittingStep', () => {
  it('is the very step when everything is there', () => {
    const step = requireRecord(draft, 's1', 'step')
    expect(fittingStep(draft, step)).toBe(step)
  })

  it('drops boxes that are gone, and boxes that show another object by now', () => {
    const step = requireRecord(draft, 's1', 'step')
    expect(fittingStep(without(draft, new Set(['b1'])), step).tokens).toContainEqual(mention('o1', 'man'))
    const relabelled = { ...draft, b1: { ...requireRecord(draft, 'b1', 'box'), objectId: requireRecord(draft, 'o2', 'object').id } }
    expect(fittingStep(relabelled, step).tokens).toContainEqual(mention('o1', 'man'))
  })
})

describe('withoutDangling', () => {
  it('leaves a valid document as it is', () => {
    expect(withoutDangling(draft)).toEqual(draft)
  })

  it('repairs whatever records were torn out', () => {
    fc.assert(
      fc.property(documentArbitrary, fc.array(fc.nat({ max: 40 })), (doc, positions) => {
        const ids = Object.keys(doc).filter((id) => !['question', 'answer', 'task'].includes(id))
        const torn = new Set(positions.flatMap((position) => ids.slice(position, position + 1)))
        const repaired = withoutDangling(without(doc, torn))
        expect(documentProblems(repaired)).toEqual([])
        for (const id of torn) expect(Object.hasOwn(repaired, id)).toBe(false)
      }),
      RUNS,
    )
  })
})
