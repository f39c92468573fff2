import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerRange, isRangeFresh, matchesTag } from './byte-range'

const part = (start: number, end: number) => ({ kind: 'part', start, end })
const WHOLE = { kind: 'whole' }
const UNSATISFIABLE = { kind: 'unsatisfiable' }

test.each([
  [null, WHOLE],
  ['bytes=0-', part(0, 999)],
  ['bytes=0-0', part(0, 0)],
  ['bytes=10-19', part(10, 19)],
  ['bytes=990-5000', part(990, 999)],
  ['bytes=-1', part(999, 999)],
  ['bytes=-5000', part(0, 999)],
  ['Bytes = 5 - 6', part(5, 6)],
  ['bytes=1000-', UNSATISFIABLE],
  ['bytes=5000-6000', UNSATISFIABLE],
  ['bytes=-0', UNSATISFIABLE],
  ['bytes=6-5', WHOLE],
  ['bytes=a-b', WHOLE],
  ['bytes=-', WHOLE],
  ['bytes=', WHOLE],
  ['bytes=1-2-3', WHOLE],
  ['items=0-5', WHOLE],
  ['bytes=0-1,5-6', WHOLE],
  ['bytes=0-1,', part(0, 1)],
  ['bytes=0-1,5000-6000', part(0, 1)],
  ['bytes=2000-2001,5000-6000', UNSATISFIABLE],
  [`bytes=${'0-1,'.repeat(40)}`, WHOLE],
])('%s of 1000 bytes', (header, answer) => {
  expect(answerRange(header, 1000)).toEqual(answer)
})

test('an empty file has no satisfiable range', () => {
  expect(answerRange('bytes=0-', 0)).toEqual(UNSATISFIABLE)
  expect(answerRange('bytes=-5', 0)).toEqual(UNSATISFIABLE)
})

test('whatever the header, a part lies inside of the file', () => {
  const header = fc.oneof(fc.string(), fc.stringMatching(/^bytes=[\d, -]{0,30}$/))
  fc.assert(
    fc.property(header, fc.nat(100_000), (text, size) => {
      const answer = answerRange(text, size)
      if (answer.kind === 'part') expect(answer.start >= 0 && answer.start <= answer.end && answer.end < size).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('tags: weak comparison for If-None-Match, strong for If-Range', () => {
  expect(matchesTag('"a", W/"b"', '"b"')).toBe(true)
  expect(matchesTag('*', '"b"')).toBe(true)
  expect(matchesTag('"c"', '"b"')).toBe(false)
  expect(matchesTag(null, '"b"')).toBe(false)
  expect(isRangeFresh(null, '"b"')).toBe(true)
  expect(isRangeFresh('"b"', '"b"')).toBe(true)
  expect(isRangeFresh('W/"b"', '"b"')).toBe(false)
  expect(isRangeFresh('Sat, 01 Nov 2025 00:00:00 GMT', '"b"')).toBe(false)
})
