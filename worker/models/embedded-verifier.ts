/**
 * A second opinion without a second model: the same detector looks again, nearer and from further away, and in a mirror
 * (`core/models/second-look.ts`). It catches chance hits, not what the detector takes for something else every time.
 */
import { candidatesOf, type Detection } from '@/core/models/detections'
import { mirrored } from '@/core/models/detector-io'
import { labelsOfPhrase } from '@/core/models/phrase-labels'
import { bestScoreAt, rankAmong, seenFrom, windowsAround } from '@/core/models/second-look'
import type { Rect } from '@/core/records'
import { embeddedFolder } from '@/server/models/embedded-models'
import { detectorInput } from './detector-input'
import { type DetectorModel, openDetectorModel } from './detector-model'
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
  const windows = windowsAround(box.rect, picture)
  if (labels === null || windows.length === 0) {
    const why = labels === null ? 'the phrase is not among the things it knows' : 'the box lies outside of the picture'
    return { agreement: null, rank: null, note: `${NAME}: not possible, ${why}` }
  }
  const looks = await lookAgain(model, picture, windows)
  const agreementOf = (wanted: readonly string[]) => {
    const scores = looks.map(({ window, isMirrored, candidates }) =>
      bestScoreAt(seenFrom(box.rect, window, isMirrored), wanted, candidates),
    )
    return scores.reduce((sum, score) => sum + score, 0) / looks.length
  }
  const agreement = agreementOf(labels)
  const others = phrases.filter((phrase) => phrase !== box.phrase).map((phrase) => agreementOf(labelsOfPhrase(phrase)?.labels ?? []))
  const found = agreement === 0 ? 'not found again' : `found again with ${agreement.toFixed(2)}`
  return { agreement, rank: rankAmong(agreement, others), note: `${NAME}: ${found}, on average over ${looks.length} views` }
}

type Look = { readonly window: Rect; readonly isMirrored: boolean; readonly candidates: readonly Detection[] }

/** Every window as it is and in a mirror, in one run of the model. */
async function lookAgain(model: DetectorModel, picture: FramePicture, windows: readonly Rect[]): Promise<Look[]> {
  const inputs = await Promise.all(windows.map((window) => detectorInput(picture, window)))
  const views = windows.flatMap((window, place) => {
    const input = inputs[place] ?? new Float32Array()
    return [
      { window, isMirrored: false, input },
      { window, isMirrored: true, input: mirrored(input) },
    ]
  })
  const answers = await model.look(views.map(({ input }) => input))
  return views.map(({ window, isMirrored }, place) => {
    const raw = answers[place]?.raw
    return { window, isMirrored, candidates: raw === undefined ? [] : candidatesOf(raw, { width: window.w, height: window.h }, MIN_SCORE) }
  })
}
