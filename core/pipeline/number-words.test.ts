import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numbersIn, tokensOf } from './number-words'

const values = (text: string) => numbersIn(tokensOf(text)).map(({ value }) => value)

const ONES = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']
const TEENS = ['ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** A number from 1 to 999 as it is said, with this word between tens and ones. */
function said(value: number, joint: string): string {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  const small =
    rest >= 10 && rest < 20
      ? (TEENS[rest - 10] ?? '')
      : [TENS[Math.floor(rest / 10)], ONES[rest % 10]].filter((word) => word !== '' && word !== undefined).join(joint)
  return [hundreds === 0 ? '' : `${ONES[hundreds]} hundred`, small].filter((part) => part !== '').join(' ')
}

describe('tokensOf', () => {
  it('keeps a number whole and drops what stands between', () => {
    expect(tokensOf('In 2.5 m, 1,200 cars – “Tom’s” 3rd!')).toEqual(['in', '2.5', 'm', '1,200', 'cars', 'tom', 's', '3rd'])
  })

  it('reads letters of any script, and nothing out of nothing', () => {
    expect(tokensOf('Zwei Äpfel 二つ')).toEqual(['zwei', 'äpfel', '二つ'])
    expect(tokensOf(' … !')).toEqual([])
  })

  it('gives tokens that are lower case and without spaces, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const token of tokensOf(text)) {
          expect(token).not.toMatch(/\s/)
          expect(token).not.toBe('')
        }
      }),
    )
  })
})

describe('numbersIn', () => {
  it('reads every number from 1 to 999 as it is said', () => {
    for (let value = 1; value < 1000; value += 1) {
      expect(values(said(value, '-'))).toEqual([value])
      expect(values(said(value, ' '))).toEqual([value])
    }
  })

  it('reads thousands', () => {
    expect(values('two thousand')).toEqual([2000])
    expect(values('a million stars')).toEqual([1_000_000])
  })

  it('reads digits back, whatever the number', () => {
    fc.assert(
      fc.property(fc.nat(9_999_999), (value) => {
        expect(values(`there are ${value} of them`)).toEqual([value])
        expect(values(`there are ${value.toLocaleString('en-US')} of them`)).toEqual([value])
      }),
    )
  })

  it('keeps two numbers apart that a word stands between', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }), (a, b) => {
        expect(values(`${said(a, '-')} men, ${said(b, ' ')} dogs`)).toEqual([a, b])
      }),
    )
  })

  it('tells ordinals from counts', () => {
    expect(numbersIn(tokensOf('the first, two, the 2nd, tenth'))).toEqual([
      { value: 1, isOrdinal: true },
      { value: 2, isOrdinal: false },
      { value: 2, isOrdinal: true },
      { value: 10, isOrdinal: true },
    ])
  })

  it('never throws and gives finite numbers, for any text', () => {
    const words = fc.constantFrom('two', 'hundred', 'million', 'twenty', '0', '3rd', 'both', 'and', '999999999999', '1,000', 'x')
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (list) => {
        for (const { value } of numbersIn(tokensOf(list.join(' ')))) expect(value).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
