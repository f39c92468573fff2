import { expect, test } from 'vitest'
import { KnownSizes } from './known-sizes'

test('a size is known for a minute, until it is forgotten', () => {
  const sizes = new KnownSizes()
  expect(sizes.find('a', 0)).toBeNull()
  sizes.note('a', 0, 0)
  expect(sizes.find('a', 60_000)).toBe(0)
  expect(sizes.find('a', 60_001)).toBeNull()
  sizes.note('a', 5, 70_000)
  sizes.forget('a')
  expect(sizes.find('a', 70_000)).toBeNull()
})

test('the names first noted go when there are too many', () => {
  const sizes = new KnownSizes()
  for (let i = 0; i <= 20_000; i++) sizes.note(`n${i}`, i, 0)
  expect(sizes.find('n0', 0)).toBeNull()
  expect(sizes.find('n1', 0)).toBe(1)
  expect(sizes.find('n20000', 0)).toBe(20_000)
})
