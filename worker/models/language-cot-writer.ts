/** Core frames, key objects, evidence, task and wrong answers, by a language model: the paper's three steps (§3.3) and two more. */
import type { NameObjectsOutput, PickCoreFramesOutput } from '@/core/pipeline/outputs'
import { tokensOfSentence } from '@/core/pipeline/prompts/evidence-marks'
import type { ProviderRef } from '@/core/pipeline/settings'
import { askModel, type ModelAccess } from './ask-model'
import { captionsOf, pairOf } from './group-text'
import { languageIdentity } from './language-identity'
import { badAnswer } from './model-errors'
import type { CotWriter, PairView } from './roles'

export function createLanguageCotWriter(ref: ProviderRef, access: ModelAccess): CotWriter {
  const ask = { role: 'cot-writer', ref } as const
  return {
    identity: languageIdentity(ref),

    pickCoreFrames: (view, limits) =>
      askModel(access, {
        ...ask,
        prompt: 'pick-core-frames',
        slots: { captions: captionsOf(view.group), pair: pairOf(view.pair), ...limits },
        outputTokens: 1500,
        read: (answer) => readCoreFrames(ref, view, answer.frames, limits),
      }),

    nameObjects: (view, { frames }) =>
      askModel(access, {
        ...ask,
        prompt: 'name-objects',
        slots: { frames: frames.map((frame) => ({ caption: frame.caption })), pair: pairOf(view.pair) },
        outputTokens: 600,
        read: (answer) => readObjects(ref, answer.objects),
      }),

    writeEvidence: (view, { frames }, { objects }) =>
      askModel(access, {
        ...ask,
        prompt: 'write-evidence',
        slots: {
          frames: frames.map((frame, position) => ({ position, caption: frame.caption })),
          objects: objects.map((object, position) => ({ position, phrase: object.phrase })),
          pair: pairOf(view.pair),
        },
        outputTokens: 2000,
        read: (answer) => {
          if (answer.steps.length === 0) throw badAnswer(ref, 'wrote no evidence')
          const phrases = objects.map((object) => object.phrase)
          return {
            steps: answer.steps.map((step) => ({
              tokens: tokensOfSentence(step.sentence, phrases),
              frames: readPositions(ref, step.frames, frames.length),
            })),
          }
        },
      }),

    classifyTask: (view) =>
      askModel(access, {
        ...ask,
        prompt: 'classify-task',
        slots: { pair: pairOf(view.pair) },
        outputTokens: 400,
        read: (answer) => ({ task: answer.task, reason: answer.reason.trim().slice(0, 2000) || null }),
      }),

    writeDistractors: (view, count) =>
      askModel(access, {
        ...ask,
        prompt: 'write-distractors',
        slots: { captions: captionsOf(view.group), pair: pairOf(view.pair), count },
        outputTokens: 200 + 300 * count,
        read: (answer) => readDistractors(ref, answer.distractors, view.pair.answer, count),
      }),
  }
}

/** A frame that the group does not hold would tie the draft to a picture that the writer never heard of. */
function readCoreFrames(
  ref: ProviderRef,
  view: PairView,
  picked: readonly { frame: number | null; caption: string }[],
  limits: { min: number; max: number },
): PickCoreFramesOutput {
  const known = new Map(view.group.captions.map((caption) => [Number(caption.frameIndex), caption.frameIndex]))
  const frames = picked.map(({ frame, caption }) => {
    const claimedIndex = frame === null ? null : known.get(frame)
    if (claimedIndex === undefined) throw badAnswer(ref, `chose frame ${frame}, which is not among those it was given`)
    if (caption.trim() === '') throw badAnswer(ref, 'chose a core frame without a caption')
    return { claimedIndex, caption: caption.trim() }
  })
  const least = Math.min(limits.min, view.group.captions.length)
  if (frames.length < least || frames.length > limits.max) {
    throw badAnswer(ref, `chose ${frames.length} core frames instead of ${least} to ${limits.max}`)
  }
  const claimed = frames.flatMap((frame) => frame.claimedIndex ?? [])
  if (new Set(claimed).size !== claimed.length) throw badAnswer(ref, 'chose the same frame twice')
  return { frames }
}

function readObjects(ref: ProviderRef, named: readonly { phrase: string }[]): NameObjectsOutput {
  const byWords = new Map<string, { phrase: string }>()
  for (const { phrase } of named) {
    const words = phrase.trim()
    if (words === '') throw badAnswer(ref, 'named an object without words')
    if (!byWords.has(words.toLowerCase())) byWords.set(words.toLowerCase(), { phrase: words })
  }
  if (byWords.size === 0) throw badAnswer(ref, 'named no objects')
  return { objects: [...byWords.values()] }
}

function readPositions(ref: ProviderRef, positions: readonly number[], count: number): number[] {
  const outside = positions.find((position) => position >= count)
  if (outside !== undefined) throw badAnswer(ref, `cites moment ${outside}, and there are ${count}`)
  return [...new Set(positions)]
}

function readDistractors(ref: ProviderRef, written: readonly string[], answer: string, count: number): string[] {
  const plain = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replace(/[.!\s]+$/, '')
  const byWords = new Map(written.map((text) => [plain(text), text.trim()]))
  byWords.delete('')
  byWords.delete(plain(answer))
  if (byWords.size < count) throw badAnswer(ref, `wrote ${byWords.size} wrong answers of use instead of ${count}`)
  return [...byWords.values()].slice(0, count)
}
