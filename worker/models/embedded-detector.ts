/** Finds the 80 things of COCO on a picture, on this machine. A phrase outside of them is said to be so, never guessed. */
import { AppError } from '@/core/errors'
import { COCO_LABELS } from '@/core/models/coco-labels'
import { candidatesOf, type Detection, suppressed } from '@/core/models/detections'
import { type DetectorAnswer, planesOf } from '@/core/models/detector-io'
import { labelsOfPhrase } from '@/core/models/phrase-labels'
import { LEAST_SEEN, type Look, lookOf } from '@/core/selection/look'
import { embeddedFolder } from '@/server/models/embedded-models'
import { squeezed } from './detector-input'
import { type DetectorModel, openDetectorModel } from './detector-model'
import type { Detector, Found, FramePicture } from './roles'

export type EmbeddedDetector = Detector & {
  /** Of its weights: what is seen depends on them alone. */
  readonly sha256: string
  /** Everything that is seen, best first, one box a thing; from a score of 0.2 on. */
  detectAll(picture: FramePicture): Promise<readonly Detection[]>
  /** What a selector keeps of a picture: what is seen on it, with colours, and how it looks as a whole. */
  lookAt(picture: FramePicture): Promise<Look>
}

/** @throws AppError missing_file, bad_file, model_unavailable */
export async function embeddedDetector(folder = embeddedFolder()): Promise<EmbeddedDetector> {
  const model = await openDetectorModel(folder)
  // A picture is looked at once, however many questions are asked about it.
  const seen = new WeakMap<FramePicture, Promise<Seen>>()
  const look = (picture: FramePicture) => {
    const present = seen.get(picture) ?? lookOnce(model, picture)
    seen.set(picture, present)
    return present
  }
  const detectAll = async (picture: FramePicture) => suppressed(candidatesOf((await look(picture)).answer.raw, picture, LEAST_SEEN))
  return {
    identity: { kind: 'model', provider: 'embedded', model: 'ssd-coco', version: model.version },
    sha256: model.sha256,
    detectAll,
    lookAt: async (picture) => {
      const { answer, pixels } = await look(picture)
      return lookOf(answer, pixels, picture)
    },
    async detect(picture, phrases, thresholds) {
      const detections = await detectAll(picture)
      return phrases.map((phrase) => foundFor(phrase, detections, thresholds.box))
    },
  }
}

type Seen = { readonly answer: DetectorAnswer; readonly pixels: Uint8Array }

async function lookOnce(model: DetectorModel, picture: FramePicture): Promise<Seen> {
  const pixels = await squeezed(picture)
  const [answer] = await model.look([planesOf(pixels)])
  if (answer === undefined) throw new AppError('model_bad_answer', 'The detector gave no answer for a picture.')
  return { answer, pixels }
}

/** A text threshold has no meaning here: a label fits a phrase or it does not. */
function foundFor(phrase: string, detections: readonly Detection[], minScore: number): Found {
  const meant = labelsOfPhrase(phrase)
  if (meant === null) return { boxes: [], reason: notDetectable(phrase) }
  return { boxes: detections.filter(({ label, score }) => meant.labels.includes(label) && score >= minScore), reason: null }
}

function notDetectable(phrase: string): string {
  const short = phrase.length > 60 ? `${phrase.slice(0, 60)}…` : phrase
  return `not detectable: “${short}” is none of the ${COCO_LABELS.length} things that the embedded detector knows`
}
