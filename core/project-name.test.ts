import { expect, it } from 'vitest'
import { slugOf } from './project-name'

it.each([
  ['Harbour clips', 'harbour-clips'],
  ['  Éclair & café #2 ', 'eclair-cafe-2'],
  ['视频推理', 'project'],
  ['../../etc', 'etc'],
  ['a'.repeat(80), 'a'.repeat(48)],
  [`${'a'.repeat(47)} b`, 'a'.repeat(47)],
])('%s -> %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})
