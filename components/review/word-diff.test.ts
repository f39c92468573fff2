import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLists, wordsOf } from './word-diff'

const diff = (before: string, after: string) =>
  diffLists(wordsOf(before), wordsOf(after), (word) => word.trim()).map(
    ({ kind, items }) => `${{ same: '=', added: '+', removed: '-' }[kind]}${items.join('')}`,
  )

describe('word diff', () => {
  it('marks what was replaced and leaves the rest', () => {
    expect(diff('The dog plays near the rope.', 'The dog bites and pulls the rope.')).toEqual(
      ['=The dog ', '-plays near ', '+bites and pulls ', '=the rope', '=.'].join('|').replace('=the rope|=.', '=the rope.').split('|'),
    )
  })

  it('takes Chinese character by character', () => {
    expect(diff('狗咬绳子', '狗拉绳子')).toEqual(['=狗', '-咬', '+拉', '=绳子'])
  })

  it('gives back both texts, whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const parts = diffLists(wordsOf(before), wordsOf(after), (word) => word)
        const side = (kind: string) =>
          parts
            .filter((part) => part.kind === 'same' || part.kind === kind)
            .flatMap((part) => part.items)
            .join('')
        expect(side('removed')).toBe(before)
        expect(side('added')).toBe(after)
      }),
    )
  })

  it('does not try what would take too long', () => {
    const before = Array.from({ length: 3000 }, (_, n) => `a${n}`)
    const after = Array.from({ length: 3000 }, (_, n) => `b${n}`)
    expect(diffLists(before, after, (word) => word).map((part) => part.kind)).toEqual(['removed', 'added'])
  })
})
