import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { TASKS } from '../../tasks'
import { criterionSchema } from '../outputs'
import { isPromptId, PROMPTS, type PromptId } from './prompt-table'
import { renderPrompt } from './render-prompt'
import { wireSchemaOf } from './wire-schema'

/**
 * Text and answer of each prompt at its version. If this fails you have changed a prompt: raise its `version`, so that drafts made
 * before and after can be told apart, and put the new value here.
 */
const PINNED: Readonly<Record<PromptId, string>> = {
  caption: '1 2db51556ea9b6626',
  'write-qa': '1 bc91d7c7c077018b',
  judge: '1 8d0eb61c886bbdf0',
  'pick-core-frames': '1 ee8814c7cf9959dd',
  'name-objects': '1 821b8f0ae87a9bf2',
  'write-evidence': '1 eba0479812681f0a',
  'find-boxes': '1 3ea621368f5e9190',
  'classify-task': '1 5e8a9913bfa11da2',
  'write-distractors': '1 5cbc228733ac8ada',
}

const fingerprint = (id: PromptId) => {
  const { version, system, user, answerSchema } = PROMPTS[id]
  const text = JSON.stringify([system, user, wireSchemaOf(answerSchema)])
  return `${version} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
}

test.each(Object.keys(PINNED).filter(isPromptId))('%s has not changed without a new version', (id) => {
  expect(fingerprint(id)).toBe(PINNED[id])
})

describe('a prompt explains every word that its answer may hold', () => {
  test('the judge knows each criterion', () => {
    for (const criterion of criterionSchema.options) expect(PROMPTS.judge.user).toMatch(new RegExp(`^${criterion} = .{20,}`, 'm'))
  })

  test('the classifier knows each task, once, with its meaning', () => {
    for (const { id } of TASKS) {
      const lines = PROMPTS['classify-task'].user.split('\n').filter((line) => line.startsWith(`${id} = `))
      expect(lines, id).toHaveLength(1)
      expect(lines[0]?.length).toBeGreaterThan(id.length + 15)
    }
  })

  test('the writer of evidence is shown how to mark an object', () => {
    expect(PROMPTS['write-evidence'].user).toContain('[[n|words]]')
  })

  test('the finder of boxes is told the scale', () => {
    expect(PROMPTS['find-boxes'].user).toContain('from 0 to 1000')
  })
})

describe('numbers of the settings stand in the text', () => {
  test.each([
    [1, 1],
    [2, 3],
    [8, 8],
  ])('from %i to %i core frames', (min, max) => {
    const { user } = renderPrompt('pick-core-frames', { captions: [], pair: { question: 'Why?', answer: 'So.' }, min, max })
    expect(user).toContain(`Choose from ${min} to ${max} moments`)
  })

  test('how many questions, wrong answers, pictures and boxes', () => {
    expect(renderPrompt('write-qa', { captions: [], count: 20 }).user).toContain('up to 20 questions')
    expect(renderPrompt('write-distractors', { captions: [], pair: null, count: 3 }).user).toContain('Write 3 wrong answers')
    expect(renderPrompt('caption', { count: 8, pictures: [] }).user).toContain('Below are 8 pictures')
    expect(renderPrompt('find-boxes', { phrases: [], maxBoxes: 5 }).user).toContain('at most 5 a phrase')
  })
})

test('no prompt asks for a question about frames or pictures, which reviewers reject (Q3)', () => {
  expect(PROMPTS['write-qa'].user).toMatch(/Never say frame, picture, image/)
})
