/** How well a crop shows a phrase, by a registered CLIP or SigLIP model: the cosine of their vectors (paper §3.4). */

import { AppError } from '@/core/errors'
import { clampRect } from '@/core/geometry'
import { photoOf } from '@/core/models/dual-encoder-io'
import type { Rect } from '@/core/records'
import { cropPicture } from './crop-picture'
import { cannotOpen, cannotRun, openRegistered } from './open-registered'
import type { CropCheck, FramePicture, Verifier } from './roles'

/** A little of the surroundings helps to tell what a thing is. */
const MARGIN = 0.05

/** @throws AppError missing_file, bad_file */
export async function registeredVerifier(name: string, root?: string): Promise<Verifier> {
  const model = await openRegistered(name, root)
  const { AutoModel, AutoProcessor, AutoTokenizer, RawImage } = model.transformers
  const [net, processor, tokenizer] = await Promise.all([
    AutoModel.from_pretrained(name, model.options),
    AutoProcessor.from_pretrained(name, model.options),
    AutoTokenizer.from_pretrained(name, model.options),
  ]).catch(cannotOpen(name, 'comparing crops with phrases'))
  const padding = net.config.model_type === 'siglip' ? 'max_length' : true

  const compare = async (picture: FramePicture, rect: Rect, phrases: readonly string[]): Promise<number[]> => {
    const crop = cropPicture(picture, widened(rect, picture))
    const image = new RawImage(new Uint8ClampedArray(crop.rgb), crop.width, crop.height, 3)
    const texts = tokenizer(phrases.map(photoOf), { padding, truncation: true })
    const { pixel_values } = await processor(image)
    const output = await net({ ...texts, pixel_values })
    return cosines(output.image_embeds?.data, output.text_embeds?.data, phrases.length, name)
  }
  return {
    identity: model.identity,
    async verify(picture, boxes, phrases) {
      const checks: CropCheck[] = []
      for (const { rect, phrase } of boxes) {
        const all = phrases.includes(phrase) ? phrases : [phrase, ...phrases]
        const agreements = await compare(picture, rect, all).catch(cannotRun(name))
        const agreement = agreements[all.indexOf(phrase)] ?? 0
        const rank = 1 + agreements.filter((other) => other > agreement).length
        checks.push({ agreement, rank, note: `${name}: cosine ${agreement.toFixed(3)}, place ${rank} of ${all.length}` })
      }
      return checks
    },
  }
}

/** Whole pixels inside the picture, at least one. */
function widened(rect: Rect, picture: FramePicture): Rect {
  const [x, y] = [rect.w * MARGIN, rect.h * MARGIN]
  const inside = clampRect({ x: rect.x - x, y: rect.y - y, w: rect.w + 2 * x, h: rect.h + 2 * y }, picture)
  const left = Math.min(Math.floor(inside.x), picture.width - 1)
  const top = Math.min(Math.floor(inside.y), picture.height - 1)
  const right = Math.max(left + 1, Math.min(picture.width, Math.ceil(inside.x + inside.w)))
  const bottom = Math.max(top + 1, Math.min(picture.height, Math.ceil(inside.y + inside.h)))
  return { x: left, y: top, w: right - left, h: bottom - top }
}

function cosines(image: unknown, texts: unknown, count: number, name: string): number[] {
  if (!(image instanceof Float32Array) || !(texts instanceof Float32Array) || image.length === 0 || texts.length !== image.length * count) {
    throw new AppError('model_bad_answer', `The model ${name} gives no vectors for picture and text.`, { name })
  }
  const length = (vector: Float32Array) => Math.hypot(...vector) || 1
  return Array.from({ length: count }, (_, row) => {
    const text = texts.subarray(row * image.length, (row + 1) * image.length)
    return text.reduce((sum, value, place) => sum + value * (image[place] ?? 0), 0) / (length(text) * length(image))
  })
}
