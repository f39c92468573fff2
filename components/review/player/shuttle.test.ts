import { describe, expect, it } from 'vitest'
import { rateText, shuttleRate } from './shuttle'

const press = (keys: string) => [...keys].reduce((rate, key) => shuttleRate(rate, key === 'J' ? 'J' : key === 'L' ? 'L' : 'K'), 0)

describe('shuttleRate', () => {
  it.each([
    ['L', 1],
    ['LL', 2],
    ['LLLLLL', 8],
    ['J', -1],
    ['JJJ', -4],
    ['LLJ', -1],
    ['JJL', 1],
    ['LLK', 0],
    ['LLKL', 1],
  ])('%s gives %d', (keys, rate) => {
    expect(press(keys)).toBe(rate)
  })

  it('never goes slower with a second press', () => {
    expect(shuttleRate(0.25, 'L')).toBe(1)
    expect(shuttleRate(1.5, 'L')).toBe(3)
  })
})

describe('rateText', () => {
  it('writes the direction', () => {
    expect(rateText(0.5)).toBe('0.5×')
    expect(rateText(-2)).toBe('−2×')
  })
})
