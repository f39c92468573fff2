import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairKey } from './pair-key'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const keyOf = (question: string, answer: string, video = 'v') => pairKey(hash, video, question, answer)

describe('pairKey', () => {
  it('is short hexadecimal and stays what it was', () => {
    expect(keyOf('Why?', 'Because.')).toBe(hash('["v","Why?","Because."]').slice(0, 32))
    expect(keyOf('Why?', 'Because.')).toMatch(/^[0-9a-f]{32}$/)
  })

  it('ignores spaces and the way letters are encoded', () => {
    expect(keyOf('  Why\n is it? ', 'é')).toBe(keyOf('Why is it?', 'e\u0301'))
  })

  it('tells video, question and answer apart, wherever the border lies', () => {
    const text = fc.string().map((value) => value.trim().replace(/\s+/g, ' ').normalize('NFC'))
    fc.assert(
      fc.property(text, text, text, text, (q1, a1, q2, a2) => {
        fc.pre(q1 !== q2 || a1 !== a2)
        expect(keyOf(q1, a1)).not.toBe(keyOf(q2, a2))
        expect(keyOf(q1, a1, 'v')).not.toBe(keyOf(q1, a1, 'w'))
      }),
    )
  })

  it('takes case for a difference: a name is not a word', () => {
    expect(keyOf('Who is Bill?', 'x')).not.toBe(keyOf('Who is bill?', 'x'))
  })
})
