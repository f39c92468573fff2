import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import { assertSelfContained } from './onnx-file'
import { addOneModel, externalDataModel, hiddenExternalDataModel } from './onnx-for-tests'

const WHOLE = addOneModel()

describe('assertSelfContained', () => {
  it('lets a model with its weights inside pass', () => {
    expect(() => assertSelfContained(WHOLE)).not.toThrow()
  })

  it('refuses weights in another file, in the list of constants and in an attribute', () => {
    for (const model of [externalDataModel(), hiddenExternalDataModel()]) {
      expect(() => assertSelfContained(model)).toThrowError(/keeps weights in other files/)
    }
  })

  it('refuses what is no ONNX model', () => {
    const texts = [
      '',
      'not a model at all',
      '<!doctype html><title>404</title>',
      '{"modelTopology":{}}',
      'version https://git-lfs.github.com/spec/v1',
    ]
    for (const text of texts) expect(() => assertSelfContained(Buffer.from(text))).toThrowError(/not a whole ONNX model/)
    expect(() => assertSelfContained(new Uint8Array(1000))).toThrowError(/not a whole ONNX model/)
  })

  it('refuses a model that was cut short, wherever', () => {
    // The last bytes are the list of operator sets, without which the rest still is a graph.
    for (let length = 0; length < WHOLE.length - 10; length += 1) {
      expect(() => assertSelfContained(WHOLE.slice(0, length)), `cut to ${length}`).toThrowError(AppError)
    }
  })

  it('is not led into endless depth by messages in messages', () => {
    // node → attribute → graph → node …, thousands deep.
    let bytes: number[] = []
    for (let depth = 0; depth < 3000; depth += 1) {
      const tag = [0x32, 0x2a, 0x0a][depth % 3] ?? 0x0a
      const length = bytes.length
      bytes = [
        tag,
        ...(length < 128
          ? [length]
          : [(length & 0x7f) | 0x80, ...(length < 16_384 ? [length >> 7] : [((length >> 7) & 0x7f) | 0x80, length >> 14])]),
        ...bytes,
      ]
    }
    const head = [0x3a, (bytes.length & 0x7f) | 0x80, ((bytes.length >> 7) & 0x7f) | 0x80, bytes.length >> 14]
    expect(() => assertSelfContained(Uint8Array.from([...head, ...bytes]))).toThrowError(/not a whole ONNX model/)
  })

  it('refuses or passes any bytes, and never fails otherwise', () => {
    const changed = fc
      .tuple(fc.nat(WHOLE.length - 1), fc.nat(255))
      .map(([place, value]) => WHOLE.map((byte, at) => (at === place ? value : byte)))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed), (bytes) => {
        try {
          assertSelfContained(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad_file' })
        }
      }),
    )
  })
})
