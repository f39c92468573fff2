import { describe, expect, it } from 'vitest'
import { altered, draftSample, frameNo, reviewed, rid } from '@/core/document.fixture'
import { acceptStepWithBoxes, setVerdict } from '@/core/edits'
import { removeBox, setBoxRect } from '@/core/edits-boxes'
import { moveCoreFrame } from '@/core/edits-frames'
import { addObject } from '@/core/edits-objects'
import { editQuestion } from '@/core/edits-text'
import type { RecordType, SampleDocument } from '@/core/records'
import { hasSameContent } from './same-content'

const draft = draftSample()
const ALL: readonly RecordType[] = ['question', 'answer', 'task', 'coreFrame', 'object', 'box', 'step']

describe('hasSameContent', () => {
  it.each<[string, SampleDocument]>([
    ['the document itself', draft],
    ['a copy with its keys turned round', Object.fromEntries(Object.entries(draft).reverse())],
    ['everything accepted', reviewed(draft)],
    ['a rejection with its reason', setVerdict(draft, 'b1', 'rejected', [{ code: 'B2', note: 'a boat' }])],
    ['a judgement of sufficiency', setVerdict(draft, 'sufficiency', 'rejected', [{ code: 'E1', note: '' }])],
    ['a step with its boxes', acceptStepWithBoxes(draft, 's1')],
  ])('%s says the same', (_name, other) => {
    expect(hasSameContent(draft, other, ALL)).toBe(true)
    expect(hasSameContent(other, draft, ALL)).toBe(true)
  })

  it.each<[string, SampleDocument, RecordType]>([
    ['another question', editQuestion(draft, 'Why not?'), 'question'],
    ['a box moved by less than a pixel', setBoxRect(draft, 'b1', { x: 10.5, y: 20, w: 100, h: 200 }), 'box'],
    ['a box less', removeBox(draft, 'b1'), 'box'],
    ['an object more', addObject(draft, { id: rid('o9'), phrase: 'lake' }), 'object'],
    ['a frame elsewhere', altered(draft, 'f1', { index: 481, pts: 481 * 512 }), 'coreFrame'],
    ['how a frame was found', altered(draft, 'f1', { match: { method: 'person', confidence: 1 } }), 'coreFrame'],
  ])('%s does not, and only where it is looked at', (_name, other, type) => {
    expect(hasSameContent(draft, other, [type])).toBe(false)
    expect(hasSameContent(other, draft, [type])).toBe(false)
    const others = ALL.filter((each) => each !== type && !(type === 'box' && each === 'step'))
    expect(hasSameContent(draft, other, others)).toBe(true)
  })

  it('knows a record that was replaced by one under another id', () => {
    const { o3: dog, ...rest } = draft
    expect(dog).toBeDefined()
    const other = addObject(rest, { id: rid('o9'), phrase: 'dog' })
    expect(hasSameContent(draft, other, ['object'])).toBe(false)
  })

  it('does not hold a stale box against the frame that moved under it', () => {
    const moved = moveCoreFrame(draft, 'f1', { index: frameNo(490), pts: 490 * 512 })
    expect(hasSameContent(draft, moved, ['box'])).toBe(true)
    expect(hasSameContent(draft, moved, ['coreFrame'])).toBe(false)
  })
})
