import { expect, it } from 'vitest'
import { countOf, formatAge, formatBytes, formatEffort, formatLength, leftAt } from './numbers'

it.each([
  [0, 'now'],
  [59_999, 'now'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [86_400_000, '1 d'],
  [60 * 86_400_000, '8 wk'],
])('age %i ms = %s', (ms, text) => expect(formatAge(ms)).toBe(text))

it.each([
  [0.2, '1 s'],
  [59, '59 s'],
  [60, '1 min'],
  [3599, '1 h'],
  [3600, '1 h'],
  [15_600, '4 h 20 min'],
  [43_200, '2 days of 6 h'],
])('effort %d s = %s', (seconds, text) => expect(formatEffort(seconds)).toBe(text))

it.each([
  [100, 500, 2500, ', 20 s left'],
  [0.5, 2, 100, ', 3 min left'],
  [0, 500, 2500, ''],
  [-3, 500, 2500, ''],
  [100, 2500, 2500, ''],
])('at %d a second, %i of %i done = "%s"', (pace, done, total, text) => expect(leftAt(pace, done, total)).toBe(text))

it.each([
  [9.576, '0:09.5'],
  [0, '0:00.0'],
  [59.99, '0:59.9'],
  [60, '1:00'],
  [724.4, '12:04'],
  [3723, '1:02:03'],
])('length %d s = %s', (seconds, text) => expect(formatLength(seconds)).toBe(text))

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [61_400_000, '61.4 MB'],
  [999_600, '1.0 MB'],
  [4.12e11, '412 GB'],
])('%d bytes = %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

it('counts in words', () => {
  expect(countOf(1, 'sample')).toBe('1 sample')
  expect(countOf(200_000, 'sample')).toBe('200,000 samples')
})
