import { expect, test } from 'vitest'
import { retryAfterMs } from './retry-after'

const NOW = Date.parse('2026-11-25T12:00:00Z')

test.each([
  [{ 'retry-after': '5' }, undefined, 5000],
  [{ 'retry-after': ' 0 ' }, undefined, 0],
  [{ 'retry-after': '0.5' }, undefined, 500],
  [{ 'retry-after': '-3' }, undefined, 0],
  [{ 'retry-after': 'Wed, 25 Nov 2026 12:00:30 GMT' }, undefined, 30_000],
  [{ 'retry-after': 'Wed, 25 Nov 2026 11:00:00 GMT' }, undefined, 0],
  [{ 'retry-after-ms': '250', 'retry-after': '5' }, undefined, 250],
  [{ 'retry-after': 'soon' }, undefined, undefined],
  [{ 'retry-after': '' }, undefined, undefined],
  [{ 'retry-after': '1e999' }, undefined, undefined],
  [{}, '{"error":{"details":[{"retryDelay": "34.2s"}]}}', 34_200],
  [{ 'retry-after': '1' }, '{"retryDelay":"9s"}', 1000],
  [undefined, undefined, undefined],
])('%j %s', (headers, body, expected) => {
  expect(retryAfterMs(headers, body, NOW)).toBe(expected)
})
