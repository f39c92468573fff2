import { describe, expect, it } from 'vitest'
import { assertInside, isAbsolutePath, NameIndex } from './name-index'

function indexOf(paths: readonly string[], minParts = 1): NameIndex<string> {
  const index = new NameIndex<string>(minParts)
  for (const path of paths) index.add(path, path)
  return index
}

describe('a file is found', () => {
  const index = indexOf(['XD/a.mp4', 'CUVA/a.mp4', 'deep/er/b.mp4', 'c.mp4'])
  it.each([
    ['XD/a.mp4', 'XD/a.mp4'],
    ['./CUVA//a.mp4', 'CUVA/a.mp4'],
    ['home/work/all_video/XD/a.mp4', 'XD/a.mp4'],
    ['all_video\\CUVA\\a.mp4', 'CUVA/a.mp4'],
    ['er/b.mp4', 'deep/er/b.mp4'],
    ['elsewhere/b.mp4', 'deep/er/b.mp4'],
    ['/abs/c.mp4', 'c.mp4'],
    ['a.mp4', null],
    ['d.mp4', null],
    ['', null],
  ])('%s → %s', (wanted, found) => {
    expect(index.find(wanted)).toBe(found)
  })
})

it('stills need more than a base name that all of them share', () => {
  const index = indexOf(['clip/480.jpg', '7.jpg'], 2)
  expect(index.find('other/480.jpg')).toBeNull()
  expect(index.find('x/clip/480.jpg')).toBe('clip/480.jpg')
  expect(index.find('other/7.jpg')).toBeNull()
  expect(index.find('480.jpg')).toBe('clip/480.jpg')
})

it.each(['..', '../x', 'a/../../x', 'a\\..\\x', 'a\0b'])('%j leaves the folder', (path) => {
  expect(() => assertInside(path)).toThrow(expect.objectContaining({ code: 'path_outside' }))
})

it.each(['a..b/c..mp4', '...', 'a/b'])('%j does not', (path) => {
  expect(() => assertInside(path)).not.toThrow()
})

it.each([
  ['/a', true],
  ['C:\\a', true],
  ['\\\\host\\a', true],
  ['https://x/a', true],
  ['a/b', false],
])('%s absolute: %s', (path, expected) => {
  expect(isAbsolutePath(path)).toBe(expected)
})
