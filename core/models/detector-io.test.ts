import { describe, expect, it } from 'vitest'
import { DETECTOR_FEATURE, DETECTOR_PLANES, DETECTOR_SIDE, detectorAnswers, detectorFeed, mirrored, planesOf } from './detector-io'
import type { TensorOutputs } from './tensors'

const PLANE = DETECTOR_SIDE ** 2
/** As bytes: comparing so many numbers one by one would take seconds. */
const isSame = (a: Float32Array, b: Float32Array) => Buffer.from(a.buffer).equals(Buffer.from(b.buffer))
const rgb = Uint8Array.from({ length: PLANE * 3 }, (_, at) => (at * 7) % 256)

describe('planesOf', () => {
  it('parts the colours and brings them to −1 … 1', () => {
    const pixels = new Uint8Array(PLANE * 3)
    pixels.set([255, 0, 51], 3)
    const planes = planesOf(pixels)
    expect(planes).toHaveLength(DETECTOR_PLANES)
    expect([planes[0], planes[1], planes[PLANE + 1]]).toEqual([-1, 1, -1])
    expect(planes[2 * PLANE + 1]).toBeCloseTo(-0.6, 6)
  })

  it('gives the same for RGBA, whatever the opacity', () => {
    const rgba = new Uint8ClampedArray(PLANE * 4)
    for (let pixel = 0; pixel < PLANE; pixel += 1) {
      rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
      rgba[pixel * 4 + 3] = pixel % 256
    }
    expect(isSame(planesOf(rgba), planesOf(rgb))).toBe(true)
  })

  it.each([0, 3, PLANE, PLANE * 3 - 1, PLANE * 3 + 3, PLANE * 5])('refuses %i bytes', (bytes) => {
    expect(() => planesOf(new Uint8Array(bytes))).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })

  it('mirrored twice is what it was', () => {
    const planes = planesOf(rgb)
    const once = mirrored(planes)
    expect(once[0]).toBe(planes[DETECTOR_SIDE - 1])
    expect(isSame(mirrored(once), planes)).toBe(true)
    expect(isSame(once, planes)).toBe(false)
  })
})

describe('detectorFeed', () => {
  it('puts pictures one after the other', () => {
    const [a, b] = [new Float32Array(DETECTOR_PLANES).fill(-1), new Float32Array(DETECTOR_PLANES).fill(0.5)]
    const { image } = detectorFeed([a, b])
    expect(image?.dims).toEqual([2, 3, DETECTOR_SIDE, DETECTOR_SIDE])
    expect([image?.data[0], image?.data[DETECTOR_PLANES - 1], image?.data[DETECTOR_PLANES]]).toEqual([-1, -1, 0.5])
    expect(image?.data).toHaveLength(2 * DETECTOR_PLANES)
  })

  it('refuses planes of another size', () => {
    expect(() => detectorFeed([new Float32Array(10)])).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })
})

/** Outputs of `count` pictures with `anchors` anchors each; every number says where it belongs. */
function outputsOf(count: number, anchors: number): TensorOutputs {
  const float = (length: number) => Float32Array.from({ length }, (_, at) => at)
  return {
    score: { data: float(count * anchors), dims: [count, anchors] },
    cls: { data: BigInt64Array.from({ length: count * anchors }, (_, at) => BigInt(at)), dims: [count, anchors] },
    boxes: { data: float(count * anchors * 4), dims: [count, 4, anchors] },
    gap: { data: float(count * DETECTOR_FEATURE), dims: [count, DETECTOR_FEATURE] },
  }
}

describe('detectorAnswers', () => {
  it('gives each picture its own numbers', () => {
    const [first, second, ...rest] = detectorAnswers(outputsOf(2, 3), 2)
    expect(rest).toEqual([])
    expect(Array.from(first?.raw.score ?? [])).toEqual([0, 1, 2])
    expect(Array.from(second?.raw.score ?? [])).toEqual([3, 4, 5])
    expect(Array.from(second?.raw.classes ?? [])).toEqual([3n, 4n, 5n])
    expect(Array.from(second?.raw.boxes ?? [])).toEqual(Array.from({ length: 12 }, (_, at) => 12 + at))
    expect([second?.feature.length, second?.feature[0]]).toEqual([DETECTOR_FEATURE, DETECTOR_FEATURE])
  })

  it('copies the features, which are kept longer than the outputs', () => {
    const outputs = outputsOf(2, 1)
    const [first] = detectorAnswers(outputs, 2)
    expect(first?.feature.buffer.byteLength).toBe(DETECTOR_FEATURE * 4)
  })

  it.each(['score', 'cls', 'boxes', 'gap'])('refuses outputs without %s', (name) => {
    const { [name]: _, ...rest } = outputsOf(1, 2)
    expect(() => detectorAnswers(rest, 1)).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
  })

  it('refuses outputs that do not fit the number of pictures', () => {
    const good = outputsOf(2, 3)
    const short = (name: string): TensorOutputs => {
      const output = good[name]
      return output === undefined ? good : { ...good, [name]: { ...output, data: output.data.slice(1) } }
    }
    for (const [outputs, count] of [
      [good, 3],
      [good, 1],
      [short('score'), 2],
      [short('boxes'), 2],
      [short('cls'), 2],
      [short('gap'), 2],
    ] as const) {
      expect(() => detectorAnswers(outputs, count)).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
    }
  })
})
