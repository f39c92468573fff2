import { describe, expect, it } from 'vitest'
import { parseParameters, writeParameters } from './parameters'

describe('parameters of a model', () => {
  it.each([
    ['', {}],
    ['temperature=0', { temperature: 0 }],
    ['  temperature=0.5   seed=12 ', { temperature: 0.5, seed: 12 }],
    ['jsonSchema=false reasoning=low', { jsonSchema: false, reasoning: 'low' }],
  ])('%j', (text, parameters) => expect(parseParameters(text)).toEqual(parameters))

  it.each(['temperature', '=0', 'temperature=', 'a b=1', '1x=2'])('%j is refused in words', (text) => {
    expect(parseParameters(text)).toMatch(/not written as name=value/)
  })

  it('are read as they were written', () => {
    const parameters = { temperature: 0.2, seed: 7, reasoning: 'high', jsonSchema: true }
    expect(parseParameters(writeParameters(parameters))).toEqual(parameters)
  })
})
