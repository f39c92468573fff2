/** Captions by a vision-language model, several frames a call (paper §3.1). */
import type { Caption, SampledFrame } from '@/core/pipeline/outputs'
import type { ProviderRef } from '@/core/pipeline/settings'
import { askModel, type ModelAccess } from './ask-model'
import { languageIdentity } from './language-identity'
import { badAnswer } from './model-errors'
import { toModelPicture } from './model-picture'
import { readPictures } from './read-pictures'
import type { Captioner, FrameReader } from './roles'

/** Room for the longest caption of a picture, and for the brackets around all. */
const TOKENS_A_CAPTION = 300

export function createLanguageCaptioner(ref: ProviderRef, access: ModelAccess): Captioner {
  return {
    identity: languageIdentity(ref),
    async caption(frames, _shots, reader, batch) {
      const captions: Caption[] = []
      // One batch after the other: memory holds the pictures of one call, and the decoder does not wait for the model.
      for (let start = 0; start < frames.length; start += batch) {
        captions.push(...(await captionBatch(ref, access, frames.slice(start, start + batch), reader)))
      }
      return captions
    },
  }
}

async function captionBatch(
  ref: ProviderRef,
  access: ModelAccess,
  frames: readonly SampledFrame[],
  reader: FrameReader,
): Promise<Caption[]> {
  const pictures = await readPictures(reader, frames, (picture) => {
    const place = frames.findIndex((frame) => frame.index === picture.frame.index)
    return toModelPicture(`Picture ${place + 1}`, picture)
  })
  return askModel(access, {
    role: 'captioner',
    ref,
    prompt: 'caption',
    slots: { count: pictures.length, pictures: frames.map((frame, place) => ({ picture: place + 1, timeSec: roundTime(frame.timeSec) })) },
    pictures,
    outputTokens: 200 + TOKENS_A_CAPTION * pictures.length,
    read: (answer) =>
      frames.map((frame, place) => {
        const ofFrame = answer.captions.filter((entry) => entry.picture === place + 1)
        const text = ofFrame[0]?.caption.trim() ?? ''
        if (ofFrame.length !== 1 || text === '' || answer.captions.length !== frames.length) {
          throw badAnswer(ref, `gave ${answer.captions.length} captions for ${frames.length} pictures, or not one for each`)
        }
        return { frameIndex: frame.index, text, facts: null }
      }),
  })
}

/** Milliseconds are enough for a reader, and a float's tail would change the request hash for nothing. */
function roundTime(timeSec: number): number {
  return Math.round(timeSec * 1000) / 1000
}
