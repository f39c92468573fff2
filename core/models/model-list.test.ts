import { expect, test } from 'vitest'
import { bytesOfModel, type ListedModel, modelListSchema } from './model-list'

const part = (file: string, bytes: number) => ({ file, sha256: 'a'.repeat(64), bytes })
const model: ListedModel = {
  name: 'test/clip',
  kind: 'vision',
  isEmbedded: false,
  dtype: 'fp32',
  licence: null,
  source: 'registered by the administrator',
  files: [part('config.json', 10), part('onnx/model.onnx', 400)],
}

test('the bytes of a model are those of all its files', () => {
  expect(bytesOfModel(model)).toBe(410)
})

test('a list survives the line', () => {
  expect(modelListSchema.parse(JSON.parse(JSON.stringify({ models: [model] })))).toEqual({ models: [model] })
  expect(modelListSchema.parse({ models: [] })).toEqual({ models: [] })
})

test.each([
  ['a kind that nobody knows', { ...model, kind: 'oracle' }],
  ['a model without files', { ...model, files: [] }],
  ['a hash that is none', { ...model, files: [{ file: 'x', sha256: '../../etc/passwd', bytes: 1 }] }],
  ['half a byte', { ...model, files: [part('x', 0.5)] }],
  ['weights of an unknown form', { ...model, dtype: 'fp7' }],
  ['a word too many', { ...model, path: '/home' }],
])('%s is refused', (_, wrong) => {
  expect(modelListSchema.safeParse({ models: [wrong] }).success).toBe(false)
})
