/** Finds the 80 things of COCO on a picture, on this machine. A phrase outside of them is said to be so, never guessed. */
import { COCO_LABELS } from '@/core/pipeline/coco-labels'
import { candidatesOf, type Detection, suppressed } from '@/core/pipeline/detections'
import type { DetectorAnswer } from '@/core/pipeline/detector-io'
import { labelsOfPhrase } from '@/core/pipeline/phrase-labels'
import { detectorInput } from './detector-input'
import { openDetectorModel } from './detector-model'
import { embeddedFolder } from './embedded-folder'
import type { Detector, Found, FramePicture } from './roles'

/** Below this the detector guesses; nobody asks for less. */
const MIN_SCORE = 0.2

export type EmbeddedDetector = Detector & {
  /** Everything that is seen, best first, one box a thing; from a score of 0.2 on. */
  detectAll(picture: FramePicture): Promise<readonly Detection[]>
  /** 1280 numbers for how the picture looks as a whole; a cosine of 0.985 and more means almost the same picture. */
  featureOf(picture: FramePicture): Promise<Float32Array>
}

/** @throws AppError missing_file, bad_file, model_unavailable */
export async function embeddedDetector(folder = embeddedFolder()): Promise<EmbeddedDetector> {
  const model = await openDetectorModel(folder)
  // A picture is looked at once, however many questions are asked about it.
  const seen = new WeakMap<FramePicture, Promise<DetectorAnswer | undefined>>()
  const look = (picture: FramePicture) => {
    const present = seen.get(picture) ?? detectorInput(picture).then(async (input) => (await model.look([input]))[0])
    seen.set(picture, present)
    return present
  }
  const detectAll = async (picture: FramePicture) => {
    const answer = await look(picture)
    return answer === undefined ? [] : suppressed(candidatesOf(answer.raw, picture, MIN_SCORE))
  }
  return {
    identity: { kind: 'model', provider: 'embedded', model: 'ssd-coco', version: model.version },
    detectAll,
    featureOf: async (picture) => (await look(picture))?.feature ?? new Float32Array(),
    async detect(picture, phrases, thresholds) {
      const detections = await detectAll(picture)
      return phrases.map((phrase) => foundFor(phrase, detections, thresholds.box))
    },
  }
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
