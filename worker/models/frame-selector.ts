/** A selector of core frames for a run: the methods of `core/selection` over the run's captions and what the embedded detector sees. */

import type { SelectorSettings } from '@/core/pipeline/settings'
import { readsText } from '@/core/pipeline/stage-refs'
import { chooseFrames } from '@/core/selection/choose-frames'
import { diversityOptions } from '@/core/selection/diversity'
import { LONGEST_QUESTION } from '@/core/selection/question-plan'
import { frameVectors } from '@/core/selection/signals/frame-vectors'
import { weighFrames } from '@/core/selection/weigh-frames'
import { lookAtFrames } from '../select-frames-look'
import { embedCaptions } from '../select-frames-text'
import { agreementsWith, type Vision } from '../select-frames-vision'
import { planWithNames } from '../similar-names'
import type { EmbeddedDetector } from './embedded-detector'
import type { Embedder, FrameSelector } from './roles'

/** `embedder` null = nothing is read; `vision` null = no dual encoder is asked. */
export type SelectorParts = {
  readonly detector: EmbeddedDetector
  readonly embedder: Embedder | null
  readonly vision: Vision | null
}

const joined = (words: readonly (string | null | undefined)[]) => [...new Set(words.filter((word) => word != null))].join(' + ')

/** Throws AppError invalid_input when a signal counts whose model is not among the parts. */
export function frameSelector(settings: SelectorSettings, { detector, embedder, vision }: SelectorParts): FrameSelector {
  const { method, k, diversity, weights } = settings
  const options = { k, ...diversityOptions(method, diversity) }
  const eyes = [detector.identity.model, embedder?.identity.model, vision?.name]
  return {
    identity: {
      kind: 'model',
      provider: joined([detector.identity.provider, embedder?.identity.provider, vision === null ? null : 'onnx']),
      model: `selector ${method} (${joined(eyes)})`,
      version: detector.identity.version,
    },
    async select(text, captions, reader, signal) {
      const plan = await planWithNames(text.slice(0, LONGEST_QUESTION), weights, async () => embedder)
      const frames = captions.map(({ frame }) => frame)
      const eyes = { detector, vision: plan.weights.vision === undefined ? null : vision }
      const { looks, pictures } = await lookAtFrames({ frames, reader }, eyes, signal)
      const agreements = await agreementsWith(plan.question, eyes.vision, pictures)
      const isRead = embedder !== null && readsText(settings)
      const vectors = isRead ? await embedCaptions(embedder, plan.question, captions, method === 'lifo') : new Map<string, Float32Array>()
      const alike = frameVectors(looks.map(({ feature }) => feature))
      const weighed = weighFrames(plan, { frames, view: reader, looks, alike, captions, vectors, vision: agreements })
      return { choice: chooseFrames(weighed, method, options), notes: [...plan.notes, ...weighed.notes] }
    },
  }
}
