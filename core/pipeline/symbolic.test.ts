import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numbersIn, tokensOf } from './number-words'
import { sameSymbols, symbolsOf } from './symbolic'

const differ = (a: string, b: string) => !sameSymbols(symbolsOf(a), symbolsOf(b))
const numbers = (text: string) => numbersIn(tokensOf(text)).map(({ value, isOrdinal }) => (isOrdinal ? `${value}.` : value))

describe('numbers', () => {
  it.each([
    ['Two people and 3 cars', [2, 3]],
    ['twenty-five sheep', [25]],
    ['twenty five sheep and six dogs', [25, 6]],
    ['two hundred and thirty', [200, 30]],
    ['two hundred thirty one', [231]],
    ['three thousand', [3000]],
    ['1,200 seats, 2.5 metres', [1200, 2.5]],
    ['one two three', [1, 2, 3]],
    ['a hundred birds', [100]],
    ['both hands, a pair of shoes, a dozen eggs', [2, 2, 12]],
    ['no cars, nobody', [0, 0]],
    ['the first and the 3rd car', ['1.', '3.']],
    ['zero five', [0, 5]],
    ['ten ten', [10, 10]],
    ['a man and an apple', []],
    ['', []],
  ])('of “%s”', (text, expected) => {
    expect(numbers(text)).toEqual(expected)
  })

  it('reads a number as a word and as digits alike', () => {
    expect(differ('Four people wait.', '4 people wait.')).toBe(false)
    expect(differ('A second dog', 'A 2nd dog')).toBe(false)
  })

  it('leaves digits inside a name alone', () => {
    expect(numbers('a B747 and an mp4 file')).toEqual([])
  })
})

describe('symbols', () => {
  it.each([
    ['One person is at the left.', 'Four people are at the left.'],
    ['A man enters the kitchen.', 'A man leaves the kitchen.'],
    ['The car is on the left.', 'The car is on the right.'],
    ['A bus at the top left.', 'A bus at the bottom left.'],
    ['She walks towards the camera.', 'She walks away from the camera.'],
    ['He opens the door.', 'He closes the door.'],
    ['The lift goes up.', 'The lift goes down.'],
    ['A cat comes in.', 'A cat comes out.'],
    ['He turns on the lamp.', 'He turns off the lamp.'],
    ['She eats before she runs.', 'She eats after she runs.'],
    ['Two dogs.', 'Two dogs and two more.'],
    ['The light is green.', 'The light is not green.'],
    ['The first runner falls.', 'The last runner falls.'],
  ])('tell “%s” from “%s”', (a, b) => {
    expect(differ(a, b)).toBe(true)
  })

  it.each([
    ['A man in a red coat stands on a bridge.', 'A man wearing a red coat stands at a bridge.'],
    ['Two cars drive to the left.', '2 cars, moving leftwards.'],
    ['The man approaches a door.', 'The man walks toward a door.'],
    ['A dog in the middle.', 'In the centre, a dog.'],
    ['Left of the car stands a man.', 'A man stands left of the car, at its left.'],
  ])('take “%s” and “%s” for the same', (a, b) => {
    expect(differ(a, b)).toBe(false)
  })

  it('are sorted, and numbers count as often as they are named', () => {
    expect(symbolsOf('Right then left: two men, two dogs, the first one up')).toEqual([
      'd:after',
      'd:first',
      'd:left',
      'd:right',
      'd:up',
      'n:1',
      'n:2',
      'n:2',
      'o:1',
    ])
  })

  it('do not depend on case, punctuation or the order of the words', () => {
    const words = fc.array(fc.constantFrom('two', 'left', 'cars', 'red', 'enter', 'away', 'seven', 'the', 'in', 'bus'), { maxLength: 8 })
    fc.assert(
      fc.property(words, (list) => {
        // A full word between keeps "two seven" from meeting "seven two".
        const text = list.join(' thing ')
        expect(symbolsOf(text.toUpperCase())).toEqual(symbolsOf(text))
        expect(symbolsOf(`${list.join(', thing; ')}!`)).toEqual(symbolsOf(text))
        expect(symbolsOf([...list].reverse().join(' thing '))).toEqual(symbolsOf(text))
      }),
    )
  })

  it('are the same for the same text, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(sameSymbols(symbolsOf(text), symbolsOf(text))).toBe(true)
      }),
    )
  })
})
