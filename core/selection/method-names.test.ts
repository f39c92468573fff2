import { expect, it } from 'vitest'
import { METHOD_NAMES } from './method-names'
import { SELECTION_METHODS } from './selection-options'

it('names every method, each once', () => {
  expect(Object.keys(METHOD_NAMES).sort()).toEqual([...SELECTION_METHODS].sort())
  expect(new Set(Object.values(METHOD_NAMES).map(({ name }) => name)).size).toBe(SELECTION_METHODS.length)
})

it('keeps names short enough for a column of 76 pixels', () => {
  for (const { name } of Object.values(METHOD_NAMES)) expect(name.length, name).toBeLessThanOrEqual(12)
})

it('says of each what it does in one sentence', () => {
  for (const { about } of Object.values(METHOD_NAMES)) {
    expect(about.endsWith('.'), about).toBe(true)
    expect(about.length, about).toBeLessThanOrEqual(90)
  }
})
