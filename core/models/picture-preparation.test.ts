import { CLIPImageProcessor, RawImage } from '@huggingface/transformers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PicturePreparation, preparationPlan, readPicturePreparation } from './picture-preparation'

const CLIP = {
  do_resize: true,
  size: { shortest_edge: 224 },
  resample: 3,
  do_center_crop: true,
  crop_size: { width: 224, height: 224 },
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: true,
  image_mean: [0.48, 0.46, 0.41],
  image_std: [0.27, 0.26, 0.28],
}
const SIGLIP = {
  do_resize: true,
  size: { width: 224, height: 224 },
  resample: 2,
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: true,
  image_mean: [0.5, 0.5, 0.5],
  image_std: [0.5, 0.5, 0.5],
}
const read = (config: unknown) => readPicturePreparation(JSON.stringify(config), 'some/model')

describe('reading preprocessor_config.json', () => {
  it('knows the two layouts: shortest side and crop (CLIP), fixed sides (SigLIP)', () => {
    expect(read(CLIP)).toMatchObject({ resize: { shortest: 224 }, filter: 'bicubic', crop: { width: 224, height: 224 } })
    expect(read(SIGLIP)).toMatchObject({ resize: { width: 224, height: 224 }, filter: 'bilinear', crop: null })
  })

  it('takes sizes as one number, as older configurations have them', () => {
    expect(read({ ...CLIP, crop_size: 96 }).crop).toEqual({ width: 96, height: 96 })
    expect(read({ ...SIGLIP, size: 64 }).resize).toEqual({ width: 64, height: 64 })
  })

  it('makes one multiplication and one addition of rescaling and normalising', () => {
    const { scale, offset } = read(SIGLIP)
    expect(0 * scale[0] + offset[0]).toBeCloseTo(-1, 9)
    expect(255 * scale[2] + offset[2]).toBeCloseTo(1, 9)
    const clip = read(CLIP)
    expect(128 * clip.scale[1] + clip.offset[1]).toBeCloseTo((128 / 255 - 0.46) / 0.26, 9)
  })

  it('leaves bytes as they are where nothing is asked for', () => {
    const { scale, offset } = read({ size: { width: 8, height: 8 }, do_rescale: false })
    expect([...scale, ...offset].map(Math.abs)).toEqual([1, 1, 1, 0, 0, 0])
  })

  it.each([
    ['nearest neighbour', { ...CLIP, resample: 0 }],
    ['Lanczos', { ...CLIP, resample: 1 }],
    ['padding', { ...CLIP, do_pad: true }],
    ['another order of colours', { ...CLIP, do_flip_channel_order: true }],
    ['a size that hangs on the picture', { ...CLIP, do_center_crop: false }],
    ['a crop without a size', { ...CLIP, crop_size: undefined }],
    ['resizing to no size', { ...SIGLIP, size: undefined }],
    ['no size at all', { do_resize: false }],
    ['a side beyond all measure', { ...SIGLIP, size: { width: 4096, height: 4096 } }],
    ['a size of none', { ...SIGLIP, size: { width: 0, height: 224 } }],
    ['the longest side', { ...CLIP, size: { longest_edge: 224 } }],
    ['division by zero', { ...CLIP, image_std: [0.2, 0, 0.2] }],
    ['four colours', { ...CLIP, image_mean: [0, 0, 0, 0] }],
  ])('refuses %s and names the model', (_, config) => {
    expect(() => read(config)).toThrow(expect.objectContaining({ code: 'bad_file', details: { name: 'some/model' } }))
  })

  it.each(['', '{', 'null', '[]', '{"size": "large"}'])('refuses what is no configuration: %s', (text) => {
    expect(() => readPicturePreparation(text, 'some/model')).toThrow(expect.objectContaining({ code: 'bad_file' }))
  })
})

describe('plan for a picture', () => {
  const clip: PicturePreparation = read(CLIP)

  it('cuts the middle out of what is left and right', () => {
    expect(preparationPlan(clip, { width: 640, height: 360 })).toEqual({
      source: { width: 640, height: 360 },
      resized: { width: 398, height: 224 },
      left: 87,
      top: 0,
      width: 224,
      height: 224,
    })
  })

  it('puts black around a picture that is not large enough', () => {
    const small = read({ ...CLIP, do_resize: false })
    expect(preparationPlan(small, { width: 101, height: 300 })).toMatchObject({ left: -61, top: 38, resized: { width: 101, height: 300 } })
  })

  it('squeezes where both sides are said', () => {
    expect(preparationPlan(read(SIGLIP), { width: 1920, height: 800 })).toMatchObject({
      resized: { width: 224, height: 224 },
      left: 0,
      top: 0,
    })
  })

  it('refuses a picture without pixels', () => {
    for (const width of [0, -1, Number.NaN]) {
      expect(() => preparationPlan(clip, { width, height: 10 })).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    }
  })

  it('comes to the sides that Transformers.js comes to, for any picture', () => {
    const processor = new CLIPImageProcessor(CLIP)
    const side = fc.integer({ min: 1, max: 4000 })
    fc.assert(
      fc.property(side, side, (width, height) => {
        const image = new RawImage(new Uint8ClampedArray(0), width, height, 3)
        const { resized } = preparationPlan(clip, { width, height })
        expect([resized.width, resized.height]).toEqual(processor.get_resize_output_image_size(image, CLIP.size))
      }),
    )
  })
})
