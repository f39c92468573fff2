import { describe, expect, it } from 'vitest'
import { altered, draftSample, rid, run } from './document.fixture'
import { removeCoreFrame } from './edits-frames'
import { addObject } from './edits-objects'
import { addStep, editStep, removeStep } from './edits-steps'
import { addOption, editAnswer, editOption, editQuestion, removeOption, setTask } from './edits-text'
import type { SampleDocument } from './records'
import { schemaFlags } from './schema-flags'

const draft = draftSample()
const facts = (doc: SampleDocument) => schemaFlags(doc).map((flag) => [flag.recordId, flag.message, flag.blocking])

describe('schemaFlags', () => {
  it('finds nothing in the sample', () => {
    expect(schemaFlags(draft)).toEqual([])
  })

  it('wants a question', () => {
    expect(facts(editQuestion(draft, ' \n'))).toEqual([['question', 'The question is empty.', true]])
  })

  it('wants an answer, as text or as options', () => {
    expect(facts(editAnswer(draft, ''))).toEqual([])
    const open = altered(draft, 'answer', { options: [], correctIndex: null, text: ' ' })
    expect(facts(open)).toEqual([['answer', 'The answer is empty.', true]])
    expect(facts(altered(open, 'answer', { text: 'The dog.' }))).toEqual([])
  })

  it('wants every option to say something', () => {
    expect(facts(editOption(draft, 2, ' '))).toEqual([['answer', 'Option 3 is empty.', true]])
    expect(facts(addOption(draft, ''))).toEqual([['answer', 'Option 5 is empty.', true]])
  })

  it('wants a right option among the options', () => {
    expect(facts(removeOption(draft, 0))).toEqual([['answer', 'None of the options is marked as the right one.', true]])
  })

  it('wants a task that is one of the 14, without insisting', () => {
    expect(facts(setTask(draft, null))).toEqual([['task', 'No task is given.', false]])
    expect(facts(setTask(draft, 'Sports'))).toEqual([['task', '“Sports” is none of the 14 tasks.', false]])
    expect(facts(setTask(draft, 'Theme Analysis'))).toEqual([])
  })

  it('wants a core frame', () => {
    const bare = ['f1', 'f2', 'f3'].reduce(removeCoreFrame, draft)
    expect(facts(bare)).toEqual([[null, 'The sample has no core frame.', true]])
  })

  it('wants evidence', () => {
    const bare = removeStep(removeStep(draft, 's1'), 's2')
    expect(facts(bare)).toContainEqual([null, 'The sample has no evidence.', true])
  })

  it('wants every step to say something', () => {
    expect(facts(addStep(draft, { id: rid('s9') }))).toEqual([['s9', 'Step 3 is empty.', true]])
    const hollow = editStep(editStep(draft, 's1', [run(' ')]), 's2', [])
    expect(facts(hollow)).toContainEqual([null, 'The sample has no evidence.', true])
    expect(facts(hollow)).toContainEqual(['s1', 'Step 1 is empty.', true])
  })

  it('wants every object to be mentioned, without insisting', () => {
    expect(facts(addObject(draft, { id: rid('o9'), phrase: 'lake' }))).toEqual([['o9', 'No step mentions “lake”.', false]])
    expect(facts(removeStep(draft, 's2'))).toEqual([['o3', 'No step mentions “dog”.', false]])
  })
})
