/** Whether the answer follows from the evidence is judged again when the question, the evidence or the answer changes. */
import { describe, expect, it } from 'vitest'
import { answerOf, recordsOf } from './document'
import { draftSample, reviewed, rid } from './document.fixture'
import { setVerdict } from './edits'
import { setBoxRect } from './edits-boxes'
import { addStep, editStep, moveStep, removeStep, setStepFrames } from './edits-steps'
import { addOption, editAnswer, editOption, editQuestion, setCorrect, setTask } from './edits-text'
import { reopenSufficiency } from './record-edit'
import type { SampleDocument } from './records'

const doc = reviewed(draftSample())
const [first, second] = recordsOf(doc, 'step')
const firstId = first?.id ?? ''
const box = recordsOf(doc, 'box')[0]
const sufficiency = (after: SampleDocument) => answerOf(after).sufficiency

describe('an accepted sufficiency', () => {
  it('is there to begin with', () => {
    expect(sufficiency(doc)).toBe('accepted')
    expect(second).toBeDefined()
  })

  it.each([
    ['another sentence', editStep(doc, firstId, [{ kind: 'text', text: 'Something else.' }])],
    ['other cited frames', setStepFrames(doc, firstId, [])],
    ['a new step', addStep(doc, { id: rid('s9'), tokens: [{ kind: 'text', text: 'And then.' }] })],
    ['a step less', removeStep(doc, firstId)],
    ['another order', moveStep(doc, firstId, 1)],
    ['another question', editQuestion(doc, 'Who?')],
    ['another answer', editAnswer(doc, 'Nobody.')],
    ['another right option', setCorrect(doc, 2)],
    ['another wording of the right option', editOption(doc, answerOf(doc).correctIndex ?? 0, 'Different.')],
  ])('is asked again after %s', (_, after) => {
    expect(sufficiency(after)).toBe('unseen')
  })

  it.each([
    ['the same sentence', editStep(doc, firstId, first?.tokens ?? [])],
    ['a distractor', editOption(doc, 3, 'It hails')],
    ['one more distractor', addOption(doc, 'It snows')],
    ['another task', setTask(doc, 'event_process')],
    ['a moved box', setBoxRect(doc, box?.id ?? '', { x: 1, y: 2, w: 30, h: 40 })],
  ])('stands after %s', (_, after) => {
    expect(sufficiency(after)).toBe('accepted')
  })
})

describe('a rejected sufficiency', () => {
  const refused = setVerdict(doc, 'sufficiency', 'rejected', [{ code: 'E1', note: 'nothing shows it' }])

  it('is open again once the evidence is mended, and its reasons go with it', () => {
    const after = editStep(refused, firstId, [{ kind: 'text', text: 'The dog pulls.' }])
    expect(answerOf(after)).toMatchObject({ sufficiency: 'unseen', reasons: [], verdict: 'accepted' })
  })

  it('leaves the reasons of a rejected answer where they are', () => {
    const both = setVerdict(refused, answerOf(refused).id, 'rejected', [{ code: 'A1', note: 'wrong' }])
    expect(answerOf(reopenSufficiency(both)).reasons).toEqual([{ code: 'A1', note: 'wrong' }])
  })

  it('nothing open is nothing to open', () => {
    const draft = draftSample()
    expect(reopenSufficiency(draft)).toBe(draft)
  })
})
