import { describe, expect, it } from 'vitest'
import { AppError } from '../errors'
import { floatsOf, integersOf, type TensorOutputs } from './tensors'

const outputs: TensorOutputs = {
  score: { data: Float32Array.of(0.5, 1), dims: [2] },
  cls: { data: BigInt64Array.of(3n), dims: [1] },
}

describe('outputs by name', () => {
  it('are given as they are', () => {
    expect(floatsOf(outputs, 'score')).toBe(outputs.score?.data)
    expect(integersOf(outputs, 'cls')).toBe(outputs.cls?.data)
  })

  it('are refused when they are not there, or of the other kind', () => {
    for (const wrong of [
      () => floatsOf(outputs, 'cls'),
      () => floatsOf(outputs, 'gap'),
      () => integersOf(outputs, 'score'),
      () => integersOf({}, 'cls'),
    ]) {
      expect(wrong).toThrow(AppError)
      expect(wrong).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
    }
  })

  it('names what is missing', () => {
    expect(() => floatsOf({}, 'embedding')).toThrow('embedding')
  })
})
