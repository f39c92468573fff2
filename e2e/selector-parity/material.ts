/** What models gave, as numbers that can be sent from a page to a test, and back into what a selector chooses by. */
import { frameIndexSchema } from '@/core/ids'
import type { DetectorAnswer } from '@/core/models/detector-io'
import { cosine } from '@/core/models/vectors'
import { captionTexts } from '@/core/selection/caption-texts'
import { type Look, lookOf } from '@/core/selection/look'
import { frameVectors } from '@/core/selection/signals/frame-vectors'
import type { FrameMaterial } from '@/core/selection/weigh-frames'
import { CAPTIONS, QUESTIONS, SCENES, type Scene, SIDE } from './scenes'

export type Numbers = readonly number[]
/** `features` one a scene, `texts` one a text of `TEXTS`, `pictures` one a scene and `questions` one a question, of each dual encoder. */
export type Given = {
  readonly looks: readonly (Omit<Look, 'feature'> & { readonly feature: Numbers })[]
  readonly texts: readonly Numbers[]
  readonly vision: Readonly<Record<string, { readonly pictures: readonly Numbers[]; readonly questions: readonly Numbers[] }>>
}

export const CAPTIONED = CAPTIONS.map((text) => ({ text, facts: null }))
export const TEXTS: readonly string[] = [...QUESTIONS, ...captionTexts(CAPTIONED, true)]
export const FRAMES = Array.from({ length: SCENES }, (_, at) => ({
  index: frameIndexSchema.parse(at * 12),
  pts: at * 12,
  timeSec: at * 0.5,
}))
const VIEW = { width: SIDE, height: SIDE }

export const looksOf = (answers: readonly DetectorAnswer[], scenes: readonly Scene[]): Given['looks'] =>
  answers.map((answer, at) => {
    const { seen, feature } = lookOf(answer, scenes[at] ?? new Uint8ClampedArray(), VIEW)
    return { seen, feature: Array.from(feature) }
  })

/** For one question, with the vision of one dual encoder. */
export function materialOf(given: Given, model: string, question: string): FrameMaterial {
  const looks = given.looks.map(({ seen, feature }) => ({ seen, feature: Float32Array.from(feature) }))
  const { pictures = [], questions = [] } = given.vision[model] ?? {}
  const asked = Float32Array.from(questions[QUESTIONS.indexOf(question)] ?? [])
  return {
    frames: FRAMES,
    view: VIEW,
    looks,
    alike: frameVectors(looks.map(({ feature }) => feature)),
    captions: CAPTIONED,
    vectors: new Map(TEXTS.map((text, at) => [text, Float32Array.from(given.texts[at] ?? [])])),
    vision: pictures.map((picture) => cosine(Float32Array.from(picture), asked)),
  }
}
