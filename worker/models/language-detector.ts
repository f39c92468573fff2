/** Boxes by a vision-language model that returns them as numbers from 0 to 1000. Its scores are its own word for it, not measured. */
import { clampRect, rectFromCorners, roundRect } from '@/core/geometry'
import type { ProviderRef } from '@/core/pipeline/settings'
import { askModel, type ModelAccess } from './ask-model'
import { languageIdentity } from './language-identity'
import { badAnswer } from './model-errors'
import { toModelPicture } from './model-picture'
import type { Detector, Found, FoundBox, FramePicture } from './roles'

const TOKENS_A_BOX = 60

export function createLanguageDetector(ref: ProviderRef, access: ModelAccess, maxBoxes: number): Detector {
  return {
    identity: languageIdentity(ref),
    async detect(picture, phrases, thresholds) {
      if (phrases.length === 0) return []
      const boxes = await askModel(access, {
        role: 'detector',
        ref,
        prompt: 'find-boxes',
        slots: { phrases: phrases.map((phrase, position) => ({ position, phrase })), maxBoxes },
        pictures: [await toModelPicture('Picture', picture)],
        outputTokens: 200 + TOKENS_A_BOX * maxBoxes * phrases.length,
        read: (answer) =>
          answer.boxes.map((box) => {
            const phrase = phrases[box.phrase]
            if (phrase === undefined) throw badAnswer(ref, `gave a box for phrase ${box.phrase}, and there are ${phrases.length}`)
            return { phrase: box.phrase, found: toPixels(box, phrase, picture) }
          }),
      })
      return phrases.map((_, position): Found => {
        const ofPhrase = boxes.filter((box) => box.phrase === position && box.found.score >= thresholds.box && hasArea(box.found))
        const best = ofPhrase.map((box) => box.found).sort((a, b) => b.score - a.score)
        return { boxes: best.slice(0, maxBoxes), reason: null }
      })
    },
  }
}

function toPixels(
  box: { left: number; top: number; right: number; bottom: number; score: number },
  phrase: string,
  picture: Pick<FramePicture, 'width' | 'height'>,
): FoundBox {
  const corner = (x: number, y: number) => ({ x: (x / 1000) * picture.width, y: (y / 1000) * picture.height })
  const rect = roundRect(clampRect(rectFromCorners(corner(box.left, box.top), corner(box.right, box.bottom)), picture))
  return { rect, score: box.score, label: phrase.slice(0, 200) }
}

function hasArea(box: FoundBox): boolean {
  return box.rect.w > 0 && box.rect.h > 0
}
