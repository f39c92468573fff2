import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimOf } from './claim'
import { coloursAnswer } from './questions/colours'
import { countsAnswer } from './questions/counts'
import { kindsAnswer } from './questions/kinds'

describe('claimOf', () => {
  it.each([
    ['From left to right.', { kind: 'direction', direction: 'right' }],
    ['Away from the camera.', { kind: 'distance', direction: 'away from the camera' }],
    ['From two to five.', { kind: 'counts', before: 2, after: 5 }],
    ['First blue, then red.', { kind: 'colours', first: 'blue', second: 'red' }],
    ['A car first, then an umbrella.', { kind: 'kinds', first: 'car', second: 'umbrella' }],
    ['A potted plant.', { kind: 'company', label: 'potted plant' }],
    ['It stays where it is.', null],
    ['Because he was late.', null],
    ['', null],
  ])('%s', (answer, claim) => {
    expect(claimOf(answer)).toEqual(claim)
  })

  it('never takes one kind of answer for another', () => {
    const word = fc.constantFrom('red', 'blue', 'car', 'bus')
    fc.assert(
      fc.property(word, word, fc.nat(30), fc.nat(30), (a, b, m, n) => {
        expect(claimOf(coloursAnswer(a, b))?.kind).toBe('colours')
        expect(claimOf(kindsAnswer(a, b))?.kind).toBe('kinds')
        expect(claimOf(countsAnswer(m, n))?.kind).toBe('counts')
      }),
    )
  })
})
