import { expect, test } from 'vitest'
import { displaySize, orientationOf, usableSar } from './child/display.mjs'

function matrix(a: number, b: number, c: number, d: number): Buffer {
  const buffer = Buffer.alloc(36)
  for (const [i, value] of [a, b, 0, c, d, 0, 0, 0, 16384].entries()) buffer.writeInt32LE(value * 65536, i * 4)
  return buffer
}

test.each([
  ['none', matrix(1, 0, 0, 1), 0, []],
  ['a quarter turn clockwise', matrix(0, 1, -1, 0), 90, ['transpose=clock']],
  ['half a turn', matrix(-1, 0, 0, -1), 180, ['hflip', 'vflip']],
  ['a quarter turn back', matrix(0, -1, 1, 0), 270, ['transpose=cclock']],
  ['upside down mirror', matrix(1, 0, 0, -1), 0, ['vflip']],
  ['left-right mirror', matrix(-1, 0, 0, 1), 0, ['hflip']],
  ['mirror and quarter turn', matrix(0, 1, 1, 0), 90, ['transpose=cclock_flip']],
  ['mirror and quarter turn back', matrix(0, -1, -1, 0), 270, ['transpose=clock_flip']],
  ['zeros', matrix(0, 0, 0, 0), 0, []],
  ['a few degrees off', matrix(0.999, 0.04, -0.04, 0.999), 0, []],
])('display matrix: %s', (_name, buffer, rotation, turns) => {
  expect(orientationOf(buffer)).toEqual({ rotation, turns })
})

test('a short or absent matrix means upright', () => {
  expect(orientationOf(null)).toEqual({ rotation: 0, turns: [] })
  expect(orientationOf(Buffer.alloc(8))).toEqual({ rotation: 0, turns: [] })
})

test('the container aspect wins over the codec aspect, nonsense is square', () => {
  expect(usableSar({ num: 8, den: 6 }, { num: 2, den: 1 })).toEqual([4, 3])
  expect(usableSar({ num: 0, den: 1 }, { num: 2, den: 1 })).toEqual([2, 1])
  expect(usableSar({ num: -1, den: 1 }, undefined)).toEqual([1, 1])
})

test('one side is enlarged, never shrunk, and a quarter turn swaps the sides', () => {
  expect(displaySize(720, 576, [16, 15], 0)).toEqual({ width: 768, height: 576 })
  expect(displaySize(720, 480, [8, 9], 0)).toEqual({ width: 720, height: 540 })
  expect(displaySize(720, 480, [8, 9], 90)).toEqual({ width: 540, height: 720 })
  expect(displaySize(7, 5, [1, 1], 270)).toEqual({ width: 5, height: 7 })
})
