/** How well a crop shows a phrase, by a registered CLIP or SigLIP model: the cosine of their vectors (paper §3.4). */
import { clampRect } from '@/core/geometry'
import { cosine } from '@/core/models/vectors'
import type { Rect } from '@/core/records'
import { cropPicture } from './crop-picture'
import { registeredDualEncoder } from './registered-dual-encoder'
import type { CropCheck, FramePicture, Verifier } from './roles'

/** A little of the surroundings helps to tell what a thing is. */
const MARGIN = 0.05

/** @throws AppError missing_file, bad_file */
export async function registeredVerifier(name: string, root?: string): Promise<Verifier> {
  const model = await registeredDualEncoder(name, root)
  return {
    identity: model.identity,
    async verify(picture, boxes, phrases) {
      const checks: CropCheck[] = []
      for (const { rect, phrase } of boxes) {
        const all = phrases.includes(phrase) ? phrases : [phrase, ...phrases]
        const crop = await model.embedPicture(cropPicture(picture, widened(rect, picture)))
        const agreements: number[] = []
        for (const each of all) agreements.push(cosine(crop, await model.embedText(each)))
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
