import { CLIPImageProcessor, RawImage } from '@huggingface/transformers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { preparationPlan, readPicturePreparation } from './picture-preparation'
import { preparePicture } from './prepare-picture'

type Size = { readonly width: number; readonly height: number }

/** Slopes, edges and noise: the same bytes for the same size. */
function picture({ width, height }: Size): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(width * height * 4)
  let noise = width * 7919 + height
  for (let place = 0; place < pixels.length; place += 1) {
    noise = (Math.imul(noise, 1_103_515_245) + 12_345) & 0x7fffffff
    const [x, y] = [(place >> 2) % width, Math.floor((place >> 2) / width)]
    const edge = (x >> 4) % 3 === 0 ? 60 : 0
    pixels[place] = place % 4 === 3 ? 255 : (x / width) * 90 + (y / height) * 60 + edge + ((noise >> 16) % 30)
  }
  return pixels
}

const withoutOpacity = (rgba: Uint8ClampedArray) => Uint8ClampedArray.from(rgba.filter((_, place) => place % 4 !== 3))

/** What Transformers.js makes of the picture on the server. */
async function byTransformers(config: object, pixels: Uint8ClampedArray, { width, height }: Size): Promise<Float32Array> {
  const { pixel_values } = await new CLIPImageProcessor(config)(new RawImage(withoutOpacity(pixels), width, height, 3))
  return Float32Array.from(pixel_values.data)
}

function byUs(config: object, pixels: Uint8ClampedArray, size: Size): Float32Array {
  const preparation = readPicturePreparation(JSON.stringify(config), 'some/model')
  return preparePicture(pixels, preparationPlan(preparation, size), preparation)
}

const bytes = { do_rescale: false, do_normalize: false }
const clip = { ...bytes, do_resize: true, size: { shortest_edge: 64 }, do_center_crop: true, crop_size: { width: 64, height: 64 } }
const siglip = { ...bytes, do_resize: true, size: { width: 48, height: 48 } }

describe('a picture for a dual encoder', () => {
  it.each([
    ['CLIP, bicubic, smaller', { ...clip, resample: 3 }, { width: 640, height: 360 }],
    ['CLIP, bicubic, larger', { ...clip, resample: 3 }, { width: 31, height: 50 }],
    ['CLIP, bilinear, upright', { ...clip, resample: 2 }, { width: 121, height: 417 }],
    ['SigLIP, bilinear, squeezed', { ...siglip, resample: 2 }, { width: 853, height: 480 }],
    ['SigLIP, bicubic, squeezed', { ...siglip, resample: 3 }, { width: 720, height: 1280 }],
    ['SigLIP, one side as it is', { ...siglip, resample: 3 }, { width: 48, height: 200 }],
    ['the size that it has', { ...siglip, resample: 3 }, { width: 48, height: 48 }],
    ['bilinear, where places fall on halves of bytes', { ...siglip, resample: 2 }, { width: 300, height: 300 }],
    ['bilinear, much larger', { ...clip, resample: 2 }, { width: 13, height: 7 }],
    ['bilinear, nearly the same size', { ...siglip, resample: 2 }, { width: 49, height: 47 }],
    ['a film, bilinear', { ...siglip, resample: 2 }, { width: 1920, height: 1080 }],
    ['a film, bicubic', { ...clip, resample: 3 }, { width: 1920, height: 1080 }],
    ['black around', { ...clip, do_resize: false }, { width: 33, height: 40 }],
    ['cut only', { ...clip, do_resize: false }, { width: 99, height: 70 }],
  ])('is what Transformers.js makes on the server, bicubic to the byte, bilinear nearly: %s', async (_, config, size) => {
    const pixels = picture(size)
    const [ours, theirs] = [byUs(config, pixels, size), await byTransformers(config, pixels, size)]
    expect(ours.length).toBe(theirs.length)
    const differences = ours.map((value, place) => Math.abs(value - (theirs[place] ?? Number.NaN)))
    const isCubic = 'resample' in config && config.resample === 3
    expect(Math.max(...differences)).toBeLessThanOrEqual(isCubic ? 0 : 1)
    // Of a place between two bytes, the last digit of a sum decides: seen on one number in a hundred thousand, in a few sizes.
    expect(differences.filter((each) => each !== 0).length / differences.length).toBeLessThan(0.003)
  })

  it('rescales and normalises each colour by its own numbers', () => {
    const config = { size: 2, do_normalize: true, image_mean: [0, 0.5, 1], image_std: [1, 0.5, 0.25] }
    const planes = byUs(config, Uint8ClampedArray.from(Array.from({ length: 4 }, () => [255, 255, 0, 9]).flat()), { width: 2, height: 2 })
    const wanted = [1, 1, 1, 1, 1, 1, 1, 1, -4, -4, -4, -4]
    for (const [place, value] of wanted.entries()) expect(planes[place]).toBeCloseTo(value, 5)
  })

  it('keeps rows and columns apart: planes are row by row', () => {
    const pixels = Uint8ClampedArray.from([1, 0, 0, 255, 2, 0, 0, 255, 3, 0, 0, 255, 4, 0, 0, 255, 5, 0, 0, 255, 6, 0, 0, 255])
    const config = { ...bytes, size: { width: 3, height: 2 } }
    expect([...byUs(config, pixels, { width: 3, height: 2 })].slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('never leaves the range of a byte, whatever the cubic filter overshoots', () => {
    const side = fc.integer({ min: 1, max: 24 })
    fc.assert(
      fc.property(side, side, fc.infiniteStream(fc.constantFrom(0, 255)), (width, height, stream) => {
        const pixels = Uint8ClampedArray.from({ length: width * height * 4 }, () => stream.next().value)
        const planes = byUs({ ...siglip, resample: 3, size: 17 }, pixels, { width, height })
        expect(planes.every((value) => value >= 0 && value <= 255 && Number.isInteger(value))).toBe(true)
      }),
    )
  })

  it('leaves a picture of one colour as it is, but for the edge that black lies beyond', () => {
    const size = { width: 200, height: 120 }
    const pixels = new Uint8ClampedArray(size.width * size.height * 4).fill(137)
    const inner = byUs({ ...clip, resample: 2 }, pixels, size)
    expect(new Set(inner)).toEqual(new Set([137]))
  })

  it('refuses bytes of another size', () => {
    const preparation = readPicturePreparation(JSON.stringify(siglip), 'some/model')
    const plan = preparationPlan(preparation, { width: 4, height: 4 })
    expect(() => preparePicture(new Uint8Array(48), plan, preparation)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })
})
