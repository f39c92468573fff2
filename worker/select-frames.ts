/** Chooses the frames of a video file that answer a question, with the embedded models: no database, nothing stored. */
import { AppError } from '@/core/errors'
import type { FrameIndex } from '@/core/ids'
import { sampleFrames } from '@/core/pipeline/sampling'
import { PRESETS } from '@/core/pipeline/settings'
import { type Selection, selectScored } from '@/core/selection/select'
import type { SelectionMethod, SelectionOptions } from '@/core/selection/selection-options'
import { blendSignals, type Signal, type SignalName } from '@/core/selection/signals/blend'
import { frameVectors } from '@/core/selection/signals/frame-vectors'
import { objectsSignal } from '@/core/selection/signals/objects-signal'
import { type QuestionThings, questionThings } from '@/core/selection/signals/question-things'
import { inspectMedia } from '@/server/media/inspect-media'
import { frameSignatures } from '@/server/media/signatures'
import { readerOfFile } from './frame-reader'
import { embeddedDetector } from './models/embedded-detector'
import { type Candidates, type LookedAt, lookAtFrames } from './select-frames-look'
import { captionTexts, type ReadText } from './select-frames-text'
import { openVision } from './select-frames-vision'

/** A weight for each signal that counts; relative to each other. */
export type SignalWeights = ReadonlyMap<SignalName, number>

export type SelectRequest = {
  readonly question: string
  readonly weights: SignalWeights
  readonly method: SelectionMethod
  readonly options: SelectionOptions
  /** One line a step, and what could not be looked for. */
  readonly say: (line: string) => void
  readonly signal: AbortSignal
  /** Where the embedded models lie; without it in the data folder. */
  readonly folder?: string
}

/** `indices` are frame indices of the file's frame table; `scores` the blended relevance, 0 to 1. */
export type FrameSelection = Pick<Selection, 'method' | 'scores' | 'timeSec'> & { readonly indices: readonly FrameIndex[] }

const LONGEST_QUESTION = 2000

/**
 * The candidate frames of a file by the standing sampling rule. Decodes the file once from start to end.
 *
 * @throws AppError missing_file, unsupported_media, corrupt_media, limit_exceeded, media_crashed
 */
export async function openCandidates(file: string, signal: AbortSignal): Promise<Candidates> {
  const { index } = await inspectMedia(file, { signal })
  const { frames, shots } = sampleFrames(index.table, await frameSignatures(file, index, null), PRESETS.embedded.sampling)
  return { frames, shots, reader: readerOfFile(async () => file, index, signal) }
}

/**
 * The frames in time order. The same file, question and request give the same frames.
 *
 * @throws AppError invalid_input (no question, nothing it names can be looked for, a signal that is not there), missing_file and
 *   bad_file (of a model), model_bad_answer, and what decoding can throw
 */
export async function selectFrames(candidates: Candidates, request: SelectRequest): Promise<FrameSelection> {
  const { question, method, options, say, signal, folder } = request
  checkQuestion(question)
  const things = questionThings(question)
  const weights = usableWeights(request.weights, things, say)
  const isText = weights.has('text') || method === 'lifo'
  const detector = await embeddedDetector(folder)
  const vision = weights.has('vision') ? await openVision(say) : null
  say(`${candidates.frames.length} candidate frames${isText ? '; captioning them takes one to two seconds a frame' : ''} …`)
  const looked = await lookAtFrames(candidates, detector, { isCaptioned: isText, vision, question, signal })
  const text = isText ? await captionTexts(question, looked.captions, folder) : null
  const relevance = blendSignals(signalsOf(weights, { things, looked, text, candidates }))
  const captions = method === 'lifo' ? text?.captions : undefined
  const { frames } = candidates
  const input = { scores: relevance, frames: frameVectors(looked.features), captions, timeSec: frames.map(({ timeSec }) => timeSec) }
  const { indices, scores, timeSec } = selectScored(method, input, options)
  return { method, indices: indices.flatMap((at) => frames[at]?.index ?? []), scores, timeSec }
}

function checkQuestion(question: string): void {
  if (!/[\p{L}\p{N}]/u.test(question)) throw new AppError('invalid_input', 'The question is empty.', { field: 'question' })
  if (question.length > LONGEST_QUESTION) {
    throw new AppError('limit_exceeded', `The question has more than ${LONGEST_QUESTION} characters.`, { field: 'question' })
  }
}

/** Without a thing that can be looked for, objects say nothing; alone, that is the end of it. */
function usableWeights(weights: SignalWeights, { known, unknown }: QuestionThings, say: (line: string) => void): SignalWeights {
  if (!weights.has('objects')) return weights
  const names = unknown.map((phrase) => `“${phrase}”`).join(', ')
  if (unknown.length > 0) say(`Not looked for, because the embedded detector does not know it: ${names}.`)
  if (known.length > 0) {
    say(`Looking for ${known.map(({ phrase }) => `“${phrase}”`).join(', ')}.`)
    return weights
  }
  const rest = new Map([...weights].filter(([name]) => name !== 'objects'))
  if ([...rest.values()].some((weight) => weight > 0)) {
    say('The question names nothing that the embedded detector knows: chosen without objects.')
    return rest
  }
  throw new AppError('invalid_input', 'The question names nothing that the embedded detector knows. Use --signal text.', { unknown })
}

type Found = {
  readonly things: QuestionThings
  readonly looked: LookedAt
  readonly text: ReadText | null
  readonly candidates: Candidates
}

function signalsOf(weights: SignalWeights, { things, looked, text, candidates }: Found): Signal[] {
  const scoresOf: Readonly<Record<SignalName, () => readonly number[]>> = {
    text: () => text?.scores ?? [],
    objects: () => objectsSignal(things.known, looked.seen, candidates.reader),
    vision: () => looked.vision,
  }
  return [...weights].map(([name, weight]) => ({ name, weight, scores: scoresOf[name]() }))
}
