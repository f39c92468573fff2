import { describe, expect, it } from 'vitest'
import { filterQaStage } from './filter-qa'
import { codeOf, isDown } from './refusal-for-tests'
import { depsOf, inputOf, judgeOf } from './stage.fixture'

const no = { verdict: 'reject', criterion: 'subjective', reason: 'It asks for taste.' } as const
const run = (judges: ReturnType<typeof judgeOf>[], judgeRule: 'all' | 'majority' | 'any' = 'all') =>
  filterQaStage(inputOf({}, { judgeRule }), depsOf({ judges }))

describe('filter-qa', () => {
  it('keeps rejected pairs with what each judge said', async () => {
    const { judged } = await run([judgeOf('one'), judgeOf('two', no)])
    expect(judged).toEqual([
      {
        key: 'k1',
        isKept: false,
        judgements: [
          { judge: 'one', verdict: 'keep', criterion: null, reason: '' },
          { judge: 'two', ...no },
        ],
      },
    ])
  })

  it('follows the rule of the settings', async () => {
    const judges = [judgeOf('one'), judgeOf('two', no), judgeOf('three')]
    expect((await run(judges, 'all')).judged[0]?.isKept).toBe(false)
    expect((await run(judges, 'majority')).judged[0]?.isKept).toBe(true)
    expect((await run(judges, 'any')).judged[0]?.isKept).toBe(true)
  })

  it('of no pairs asks nobody', async () => {
    const deps = depsOf({ judges: [judgeOf('one'), { ...judgeOf('two'), judge: isDown }] })
    expect(await filterQaStage(inputOf({ 'write-qa': { pairs: [] } }), deps)).toEqual({ judged: [] })
  })

  it('needs two judges', async () => {
    expect(await codeOf(run([judgeOf('one')]))).toBe('bad_setting')
  })

  it('refuses a rejection without a criterion or a reason', async () => {
    expect(await codeOf(run([judgeOf('one'), judgeOf('two', { ...no, criterion: null })]))).toBe('model_bad_answer')
    expect(await codeOf(run([judgeOf('one'), judgeOf('two', { ...no, reason: ' ' })]))).toBe('model_bad_answer')
  })

  it('has no result when one judge does not answer', async () => {
    expect(await codeOf(run([judgeOf('one'), { ...judgeOf('two'), judge: isDown }]))).toBe('model_unavailable')
  })
})
