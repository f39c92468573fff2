import { describe, expect, it } from 'vitest'
import { requireRecord } from './document'
import { altered, draftSample, mention, reason, run } from './document.fixture'
import { sameContent } from './record-content'
import type { SampleDocument } from './records'

const draft = draftSample()
const isSame = (id: string, change: Readonly<Record<string, unknown>>) => {
  const [before, after] = [draft[id], altered(draft, id, change)[id]]
  if (before === undefined || after === undefined) throw new Error(`no record ${id}`)
  return sameContent(before, after)
}

describe('sameContent', () => {
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['question', { verdict: 'accepted' }],
    ['question', { verdict: 'rejected', reasons: [reason('Q1', 'why not')] }],
    ['answer', { sufficiency: 'rejected' }],
    ['f1', { match: { method: 'person', confidence: 1 }, score: 0.4, margin: 0.1 }],
    ['b1', { score: 0.1, agreement: 0.9 }],
    ['s1', { verdict: 'stale' }],
  ])('%s with %j says the same', (id, change) => {
    expect(isSame(id, change)).toBe(true)
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['question', { text: 'Why does the man let go of the rope? ' }],
    ['answer', { correctIndex: 1 }],
    ['answer', { options: ['The rope snaps', 'The dog pulls him', 'He is tired', 'It rains'] }],
    ['task', { task: null }],
    ['f1', { index: 481, pts: 481 * 512 }],
    ['f1', { caption: null }],
    ['f1', { path: null }],
    ['o1', { order: 4 }],
    ['o1', { phrase: 'Man' }],
    ['b1', { rect: { x: 10, y: 20, w: 100, h: 200.01 } }],
    ['b1', { frameId: 'f2' }],
    ['s1', { tokens: [run('The '), mention('o1', 'man', []), run(' grips the '), mention('o2', 'rope', ['b2']), run('.')] }],
    ['s1', { frameIds: [] }],
    ['s2', { span: null }],
  ])('%s with %j says something else', (id, change) => {
    expect(isSame(id, change)).toBe(false)
  })

  it('does not mind the order of keys, as jsonb changes it', () => {
    const box = requireRecord(draft, 'b1', 'box')
    const turned: SampleDocument = altered(draft, 'b1', Object.fromEntries(Object.entries(box).reverse()))
    expect(sameContent(box, requireRecord(turned, 'b1', 'box'))).toBe(true)
  })

  it('tells records of two kinds apart', () => {
    expect(sameContent(requireRecord(draft, 'o1', 'object'), requireRecord(draft, 'b1', 'box'))).toBe(false)
  })
})
