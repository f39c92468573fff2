import { describe, expect, it } from 'vitest'
import type { CropCheck, Verifier } from '../models/roles'
import { codeOf, isDown } from './refusal-for-tests'
import { depsOf, fakeReader, inputOf } from './stage.fixture'
import { verifyStage } from './verify'

const rule = (threshold: number, mustRankFirst: boolean) => ({ verification: { threshold, mustRankFirst } })
const checking = (...answers: Partial<CropCheck>[]) => {
  let at = 0
  const verify: Verifier['verify'] = async (_, boxes) => boxes.map(() => ({ agreement: 0.9, rank: 1, note: '', ...answers[at++] }))
  return depsOf({ verifier: { verify } })
}

describe('verify', () => {
  it('looks once at each frame that has boxes, with all phrases of the sample', async () => {
    const reader = fakeReader()
    const asked: unknown[] = []
    const verify: Verifier['verify'] = async ({ frame }, boxes, phrases) => {
      asked.push([frame.index, boxes.map(({ phrase, rect }) => [phrase, rect.x]), phrases])
      // The man is on frame 0: an agreement of a tenth a frame number tells whose check is whose.
      return boxes.map(() => ({ agreement: 0.3 + frame.index / 100, rank: 1, note: '' }))
    }
    const { checks } = await verifyStage(inputOf(), { ...depsOf({ verifier: { verify } }), reader })
    expect(reader.reads).toEqual([[0, 20]])
    expect(asked).toEqual([
      [0, [['the man', 1]], ['the man', 'a dog']],
      [20, [['a dog', 5]], ['the man', 'a dog']],
    ])
    expect(checks.map((check) => check.agreement)).toEqual([0.3, 0.5])
  })

  it('refuses low agreement and, where the settings ask for it, a lower rank', async () => {
    const strict = await verifyStage(inputOf({}, rule(0.5, true)), checking({ agreement: 0.49, note: 'second look' }, { rank: 2 }))
    expect(strict.checks).toEqual([
      { agreement: 0.49, rank: 1, isAccepted: false, note: 'second look Agreement 0.49 is below 0.5.' },
      { agreement: 0.9, rank: 2, isAccepted: false, note: 'Another phrase fits better (rank 2).' },
    ])
    const mild = await verifyStage(inputOf({}, rule(0.49, false)), checking({ agreement: 0.49 }, { rank: 2 }))
    expect(mild.checks.map((check) => check.isAccepted)).toEqual([true, true])
  })

  it('does not refuse what the verifier cannot judge', async () => {
    const { checks } = await verifyStage(inputOf({}, rule(1, true)), checking({ agreement: null, rank: null }, { agreement: 1 }))
    expect(checks.map((check) => check.isAccepted)).toEqual([true, true])
  })

  it('asks nobody when there is no box', async () => {
    const input = inputOf({ ground: { boxes: [], undetectable: [] } })
    expect(await verifyStage(input, depsOf({ verifier: { verify: isDown } }))).toEqual({ checks: [] })
  })

  it.each([
    ['no answer', async () => []],
    ['an answer too many', async () => [1, 2].map(() => ({ agreement: 1, rank: 1, note: '' }))],
    ['an agreement that is no number', async () => [{ agreement: Number.NaN, rank: 1, note: '' }]],
  ])('refuses %s', async (_, verify) => {
    expect(await codeOf(verifyStage(inputOf(), depsOf({ verifier: { verify } })))).toBe('model_bad_answer')
  })

  it('refuses a check of no frame: a reader that shows nothing', async () => {
    const reader = { ...fakeReader(), read: async () => {} }
    expect(await codeOf(verifyStage(inputOf(), { ...depsOf(), reader }))).toBe('model_bad_answer')
  })

  it('hands on what the model throws', async () => {
    expect(await codeOf(verifyStage(inputOf(), depsOf({ verifier: { verify: isDown } })))).toBe('model_unavailable')
  })
})
