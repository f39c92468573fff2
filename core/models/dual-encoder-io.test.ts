import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankPicture, dualEncoderKind, fileOfHalf, photoOf, readTextRule, type TextRule, textFeed, unitRows } from './dual-encoder-io'
import { cosine } from './vectors'

const rule = (changed: Partial<TextRule> = {}): TextRule => ({
  longest: 6,
  padToken: '<pad>',
  paddingSide: 'right',
  isFull: false,
  ...changed,
})
const numbersOf = (feed: ReturnType<typeof textFeed>, name: string) => [...(feed[name]?.data ?? [])].map(Number)

describe('kind of a model', () => {
  it('knows CLIP and SigLIP', () => {
    expect(dualEncoderKind('{"model_type":"clip","architectures":["CLIPModel"]}')).toBe('clip')
    expect(dualEncoderKind('{"model_type":"siglip"}')).toBe('siglip')
  })

  it.each(['{"model_type":"bert"}', '{}', '', '[', 'null'])('knows no other: %s', (text) => {
    expect(dualEncoderKind(text)).toBeNull()
  })
})

describe('rule for texts', () => {
  it('reads length, filler and side; a token may be written as an object', () => {
    const text = JSON.stringify({ model_max_length: 77, pad_token: { content: '<|endoftext|>', special: true }, padding_side: 'left' })
    expect(readTextRule(text, 'clip', 'm')).toEqual({ longest: 77, padToken: '<|endoftext|>', paddingSide: 'left', isFull: false })
  })

  it('fills up with the end token where no filler is said, and on the right where no side is', () => {
    const text = JSON.stringify({ model_max_length: 64, eos_token: '</s>' })
    expect(readTextRule(text, 'siglip', 'm')).toEqual({ longest: 64, padToken: '</s>', paddingSide: 'right', isFull: true })
  })

  it('takes the huge number that stands for no limit as none', () => {
    expect(readTextRule('{"model_max_length": 1e30}', 'clip', 'm').longest).toBeNull()
  })

  it('needs a length where every text is filled up', () => {
    for (const text of ['{}', '{"model_max_length": 1e30}']) {
      expect(() => readTextRule(text, 'siglip', 'some/model')).toThrow(
        expect.objectContaining({ code: 'bad_file', details: { name: 'some/model' } }),
      )
    }
  })

  it('refuses what is no configuration', () => {
    expect(() => readTextRule('{"model_max_length": "long"}', 'clip', 'm')).toThrow(expect.objectContaining({ code: 'bad_file' }))
    expect(() => readTextRule('', 'clip', 'm')).toThrow(expect.objectContaining({ code: 'bad_file' }))
  })
})

describe('text on its way in', () => {
  it('is a caption of a photo', () => {
    expect(photoOf('a red car')).toBe('a photo of a red car')
  })

  it('stays as short as it is', () => {
    const feed = textFeed([5, 6, 7], rule(), 0)
    expect(feed.input_ids?.dims).toEqual([1, 3])
    expect(numbersOf(feed, 'input_ids')).toEqual([5, 6, 7])
    expect(numbersOf(feed, 'attention_mask')).toEqual([1, 1, 1])
  })

  it('is filled up, and the mask says with what', () => {
    expect(numbersOf(textFeed([5, 6], rule({ isFull: true }), 9), 'input_ids')).toEqual([5, 6, 9, 9, 9, 9])
    expect(numbersOf(textFeed([5, 6], rule({ isFull: true }), 9), 'attention_mask')).toEqual([1, 1, 0, 0, 0, 0])
    expect(numbersOf(textFeed([5, 6], rule({ isFull: true, paddingSide: 'left' }), 9), 'input_ids')).toEqual([9, 9, 9, 9, 5, 6])
  })

  it('is cut to the longest; without one it is not', () => {
    const ids = [1, 2, 3, 4, 5, 6, 7, 8]
    expect(numbersOf(textFeed(ids, rule(), 0), 'input_ids')).toEqual([1, 2, 3, 4, 5, 6])
    expect(numbersOf(textFeed(ids, rule({ longest: null }), 0), 'input_ids')).toEqual(ids)
  })

  it('has as many marks as numbers, always', () => {
    const anyRule = fc.record({
      longest: fc.integer({ min: 1, max: 20 }),
      padToken: fc.constant(null),
      paddingSide: fc.constantFrom('left' as const, 'right' as const),
      isFull: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(fc.nat(50_000), { minLength: 1, maxLength: 40 }), anyRule, (ids, any) => {
        const [tokens, mask] = [numbersOf(textFeed(ids, any, 1), 'input_ids'), numbersOf(textFeed(ids, any, 1), 'attention_mask')]
        expect(mask.length).toBe(tokens.length)
        expect(tokens.length).toBeLessThanOrEqual(any.longest)
        expect(mask.filter((mark) => mark === 1).length).toBe(Math.min(ids.length, any.longest))
      }),
    )
  })

  it('goes with one black picture', () => {
    expect(blankPicture({ width: 4, height: 2 }).pixel_values).toEqual({ type: 'float32', data: new Float32Array(24), dims: [1, 3, 2, 4] })
  })
})

describe('vectors on their way out', () => {
  const outputs = (values: readonly number[]) => ({ image_embeds: { data: Float32Array.from(values), dims: [values.length] } })

  it('have unit length, one a picture', () => {
    const [first, second] = unitRows(outputs([3, 4, 0, 2]), 'pictures', 2)
    expect(first?.[0]).toBeCloseTo(0.6, 6)
    expect(first?.[1]).toBeCloseTo(0.8, 6)
    expect([...(second ?? [])]).toEqual([0, 1])
  })

  it('keep their direction, whatever their length', () => {
    const value = fc.float({ min: -100, max: 100, noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 8 }), (values) => {
        fc.pre(Math.hypot(...values) > 1e-3)
        const [vector = new Float32Array()] = unitRows(outputs(values), 'pictures', 1)
        expect(cosine(vector, vector)).toBeCloseTo(1, 5)
        const place = values.findIndex((each) => Math.abs(each) > 1e-3)
        if (place >= 0) expect(Math.sign(vector[place] ?? 0)).toBe(Math.sign(values[place] ?? 0))
      }),
    )
  })

  it.each([
    ['a row too few', [1, 2, 3], 2],
    ['nothing', [], 1],
    ['a vector of zeros', [0, 0, 0], 1],
    ['not a number', [1, Number.NaN], 1],
    ['infinite', [1, Number.POSITIVE_INFINITY], 1],
  ])('are refused: %s', (_, values, count) => {
    expect(() => unitRows(outputs(values), 'pictures', count)).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
  })

  it('are refused when the model gives another output', () => {
    expect(() => unitRows(outputs([1, 2]), 'texts', 1)).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
  })

  it('may be what SigLIP calls them in a file of one half, but never so of CLIP, which projects it first', () => {
    const own = { pooler_output: { data: Float32Array.of(0, 3), dims: [1, 2] } }
    expect(unitRows(own, 'texts', 1, 'siglip')).toEqual([Float32Array.of(0, 1)])
    expect(() => unitRows(own, 'texts', 1, 'clip')).toThrow(expect.objectContaining({ code: 'model_bad_answer' }))
    const both = { ...own, text_embeds: { data: Float32Array.of(5, 0), dims: [1, 2] } }
    expect(unitRows(both, 'texts', 1, 'siglip')).toEqual([Float32Array.of(1, 0)])
  })
})

describe('the file of a half', () => {
  const files = (...names: string[]) => names.map((file) => ({ file }))

  it.each([
    ['its own', files('config.json', 'onnx/text_model.onnx', 'onnx/vision_model.onnx'), 'onnx/vision_model.onnx', 'onnx/text_model.onnx'],
    [
      'its own in another form',
      files('onnx/vision_model_q4.onnx', 'onnx/text_model_q4.onnx'),
      'onnx/vision_model_q4.onnx',
      'onnx/text_model_q4.onnx',
    ],
    ['the one with both', files('tokenizer.json', 'onnx/model_fp16.onnx'), 'onnx/model_fp16.onnx', 'onnx/model_fp16.onnx'],
    [
      'the one with both, in a folder that is called like a half',
      files('vision_model/model.onnx'),
      'vision_model/model.onnx',
      'vision_model/model.onnx',
    ],
  ])('is %s', (_, all, pictures, texts) => {
    expect([fileOfHalf(all, 'pictures')?.file, fileOfHalf(all, 'texts')?.file]).toEqual([pictures, texts])
  })

  it('is none where there is no graph', () => {
    expect(fileOfHalf(files('config.json'), 'texts')).toBeUndefined()
  })
})
