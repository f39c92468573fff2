import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameIndexSchema } from '../ids'
import type { StageOutput } from './outputs'
import { decidingInputs, inputsOf } from './stage-inputs'
import { roleOf, STAGE_NAMES, scopeOf, stageAfter, stagePosition } from './stages'

const index = (value: number) => frameIndexSchema.parse(value)
const pair = (key: string, group: number, question = `q ${key}`) => ({ key, group, question, answer: 'a', support: null })

function outputs(captions: readonly string[], pairs: StageOutput['write-qa']['pairs']): Partial<StageOutput> {
  const frames = captions.map((_, position) => ({ index: index(position * 10), pts: position, timeSec: position }))
  const half = Math.ceil(captions.length / 2)
  const all = frames.map((frame) => frame.index)
  return {
    'sample-frames': { frames, shots: [], curve: [] },
    caption: { captions: captions.map((text, position) => ({ frameIndex: index(position * 10), text, facts: null })) },
    group: { groups: [all.slice(0, half), all.slice(half)] },
    'write-qa': { pairs },
    'filter-qa': { judged: pairs.map(({ key }) => ({ key, isKept: true, judgements: [] })) },
  }
}

describe('inputsOf', () => {
  it('names only stages that ran before', () => {
    for (const name of STAGE_NAMES) for (const input of inputsOf(name)) expect(stagePosition(input)).toBeLessThan(stagePosition(name))
  })

  it('lets lint see everything', () => {
    expect(inputsOf('lint')).toEqual(STAGE_NAMES.slice(0, -1))
  })

  it('has no stage of a video read a stage of a draft', () => {
    for (const name of STAGE_NAMES.filter((stage) => scopeOf(stage) === 'video')) {
      expect(inputsOf(name).every((input) => scopeOf(input) === 'video')).toBe(true)
    }
  })
})

describe('decidingInputs', () => {
  it('of a video stage are the whole outputs it reads, and nothing else', () => {
    const before = outputs(['a', 'b'], [pair('p', 0)])
    expect(decidingInputs('write-qa', before, null)).toEqual({ caption: before.caption, group: before.group })
  })

  it('of a draft do not change with other pairs, or with captions of other groups', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }), (text, question, more) => {
        const one = outputs(['a', 'b', 'c', 'd'], [pair('p', 0)])
        const others = more.map((key, position) => pair(`other-${position}-${key}`, 1, question))
        const two = outputs(['a', 'b', text, text], [...others, pair('p', 0)])
        for (const stage of STAGE_NAMES.filter((name) => scopeOf(name) === 'draft' && name !== 'lint')) {
          expect(decidingInputs(stage, two, 'p')).toEqual(decidingInputs(stage, one, 'p'))
        }
      }),
    )
  })

  it('of a draft change with a caption of its group, and with its question', () => {
    const one = outputs(['a', 'b', 'c', 'd'], [pair('p', 0)])
    const caption = outputs(['a', 'B', 'c', 'd'], [pair('p', 0)])
    const question = outputs(['a', 'b', 'c', 'd'], [pair('p', 0, 'another')])
    expect(decidingInputs('pick-core-frames', caption, 'p')).not.toEqual(decidingInputs('pick-core-frames', one, 'p'))
    expect(decidingInputs('ground', question, 'p')).not.toEqual(decidingInputs('ground', one, 'p'))
  })

  it('of a pair that is not there are empty, not those of another', () => {
    const before = outputs(['a', 'b'], [pair('p', 0)])
    expect(decidingInputs('classify-task', before, 'gone')).toMatchObject({ 'write-qa': { pairs: [] }, group: { groups: [] } })
  })
})

describe('the order of stages', () => {
  it('leads from the first to the last, and ends', () => {
    const walked = STAGE_NAMES.map((name) => stageAfter(name))
    expect(walked).toEqual([...STAGE_NAMES.slice(1), null])
  })

  it('has all stages of a video before those of a draft', () => {
    const scopes = STAGE_NAMES.map(scopeOf)
    expect(scopes.lastIndexOf('video')).toBeLessThan(scopes.indexOf('draft'))
  })

  it('knows who is asked at each stage', () => {
    expect(STAGE_NAMES.filter((name) => roleOf(name) === null)).toEqual(['sample-frames', 'group', 'lint'])
    expect(roleOf('filter-qa')).toBe('judge')
  })
})
