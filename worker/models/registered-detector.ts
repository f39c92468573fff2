/** Boxes by a registered zero-shot detector: GroundingDINO, OWL-ViT, OWLv2 and others of their class. */
import { clampRect, rectFromCorners, roundRect } from '@/core/geometry'
import { cannotOpen, cannotRun, openRegistered } from './open-registered'
import type { Detector, Found, FramePicture } from './roles'

/** @throws AppError missing_file, bad_file */
export async function registeredDetector(name: string, root?: string): Promise<Detector> {
  const model = await openRegistered(name, root)
  const { pipeline, RawImage } = model.transformers
  const find = await pipeline('zero-shot-object-detection', name, model.options).catch(cannotOpen(name, 'finding boxes'))
  // One phrase a run: together, a grounding model gives a box words of several phrases, and nobody could say whose it is.
  const findPhrase = async (picture: FramePicture, phrase: string, threshold: number): Promise<Found> => {
    const image = new RawImage(new Uint8ClampedArray(picture.rgb), picture.width, picture.height, 3)
    const found = [await find(image, [asQuery(phrase)], { threshold, percentage: true }).catch(cannotRun(name))].flat(2)
    const boxes = found.map(({ box, score }) => {
      // Asked for pixels, the library would round them down.
      const corner = (x: number, y: number) => ({ x: x * picture.width, y: y * picture.height })
      const rect = rectFromCorners(corner(box.xmin, box.ymin), corner(box.xmax, box.ymax))
      return { rect: roundRect(clampRect(rect, picture)), score: Math.min(1, Math.max(0, score)), label: phrase.slice(0, 200) }
    })
    const real = boxes.filter(({ rect, score }) => rect.w > 0 && rect.h > 0 && score >= threshold)
    return { boxes: real.sort((a, b) => b.score - a.score), reason: null }
  }
  return {
    identity: model.identity,
    async detect(picture, phrases, thresholds) {
      const answers: Found[] = []
      for (const phrase of phrases) answers.push(await findPhrase(picture, phrase, thresholds.box))
      return answers
    },
  }
}

/** GroundingDINO was trained on lower-case phrases that end in a full stop; the others do not mind. */
function asQuery(phrase: string): string {
  return `${phrase.trim().toLowerCase().replace(/\.+$/, '')}.`
}
