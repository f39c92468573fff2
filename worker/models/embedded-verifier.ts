/**
 * A second opinion without a second model: the same detector looks again at a cut-out around the box and at its mirror image.
 * It catches chance hits, not what the detector takes for something else every time; its note says so.
 */
import { candidatesOf, type Detection } from '@/core/pipeline/detections'
import { labelsOfPhrase } from '@/core/pipeline/phrase-labels'
import { bestScoreAt, cutOutAround, rankAmong, seenFrom } from '@/core/pipeline/second-look'
import type { Rect } from '@/core/records'
import { detectorInput, mirrored } from './detector-input'
import { type DetectorModel, openDetectorModel } from './detector-model'
import { embeddedFolder } from './embedded-folder'
import type { CropCheck, FramePicture, Verifier } from './roles'

/** Low on purpose: a faint second hit is a faint agreement, not none. */
const MIN_SCORE = 0.05
const NAME = 'second look of the same detector'

/** @throws AppError missing_file, bad_file, model_unavailable */
export async function embeddedVerifier(folder = embeddedFolder()): Promise<Verifier> {
  const model = await openDetectorModel(folder)
  return {
    identity: { kind: 'model', provider: 'embedded', model: 'second-look', version: model.version },
    async verify(picture, boxes, phrases) {
      const checks: CropCheck[] = []
      for (const box of boxes) checks.push(await checkBox(model, picture, box, phrases))
      return checks
    },
  }
}

async function checkBox(
  model: DetectorModel,
  picture: FramePicture,
  box: { readonly rect: Rect; readonly phrase: string },
  phrases: readonly string[],
): Promise<CropCheck> {
  const labels = labelsOfPhrase(box.phrase)?.labels ?? null
  const cutOut = cutOutAround(box.rect, picture)
  if (labels === null || cutOut === null) {
    const why = labels === null ? 'the phrase is not among the things it knows' : 'the box lies outside of the picture'
    return { agreement: null, rank: null, note: `${NAME}: not possible, ${why}` }
  }
  const looks = await lookTwice(model, picture, cutOut)
  const agreementOf = (wanted: readonly string[]) =>
    looks.reduce((sum, { candidates, isMirrored }) => sum + bestScoreAt(seenFrom(box.rect, cutOut, isMirrored), wanted, candidates), 0) /
    looks.length
  const agreement = agreementOf(labels)
  const others = phrases.filter((phrase) => phrase !== box.phrase).map((phrase) => agreementOf(labelsOfPhrase(phrase)?.labels ?? []))
  return {
    agreement,
    rank: rankAmong(agreement, others),
    note: `${NAME}: ${agreement === 0 ? 'not found again' : `found again with ${agreement.toFixed(2)}`} in a closer view and its mirror image`,
  }
}

type Look = { readonly candidates: readonly Detection[]; readonly isMirrored: boolean }

async function lookTwice(model: DetectorModel, picture: FramePicture, cutOut: Rect): Promise<Look[]> {
  const input = await detectorInput(picture, cutOut)
  const answers = await model.look([input, mirrored(input)])
  const size = { width: cutOut.w, height: cutOut.h }
  return answers.map(({ raw }, place) => ({ candidates: candidatesOf(raw, size, MIN_SCORE), isMirrored: place === 1 }))
}
