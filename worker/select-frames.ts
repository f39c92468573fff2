/** Chooses the frames of a video file that answer a question, with the embedded models: no database, nothing stored. */
import type { Caption } from '@/core/pipeline/outputs'
import { sampleFrames } from '@/core/pipeline/sampling'
import { PRESETS } from '@/core/pipeline/settings'
import { chooseFrames } from '@/core/selection/choose-frames'
import type { FrameChoice } from '@/core/selection/frame-choice'
import { type QuestionPlan, readsCaptions } from '@/core/selection/question-plan'
import type { SelectionMethod, SelectionOptions } from '@/core/selection/selection-options'
import type { SignalWeights } from '@/core/selection/signals/blend'
import { frameVectors } from '@/core/selection/signals/frame-vectors'
import { type WeighedFrames, weighFrames } from '@/core/selection/weigh-frames'
import { inspectMedia } from '@/server/media/inspect-media'
import { frameSignatures } from '@/server/media/signatures'
import { readerOfFile } from './frame-reader'
import { embeddedDetector } from './models/embedded-detector'
import { embeddedEmbedder } from './models/embedded-embedder'
import type { Embedder } from './models/roles'
import { type Candidates, captionFrames, type Eyes, type LookedAt, lookAtFrames } from './select-frames-look'
import { embedCaptions } from './select-frames-text'
import { agreementsWith, openVision } from './select-frames-vision'
import { planWithNames } from './similar-names'

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
 * The frames in time order, and why each. The same file, question and request give the same frames.
 *
 * @throws AppError invalid_input (no question, nothing it names can be looked for, a signal that is not there), missing_file and
 *   bad_file (of a model), model_bad_answer, and what decoding can throw
 */
export async function selectFrames(candidates: Candidates, request: SelectRequest): Promise<FrameChoice> {
  const { method, options, say, signal, folder } = request
  const encoder = openOnce(folder)
  const plan = await planWithNames(request.question, request.weights, encoder)
  for (const note of plan.notes) say(note)
  const isCaptioned = readsCaptions(plan, [method])
  const detector = await embeddedDetector(folder)
  const vision = plan.weights.vision === undefined ? null : await openVision(say)
  const { length } = candidates.frames
  say(`${length} candidate frames${isCaptioned ? '; captioning them takes one to two seconds a frame' : ''} …`)
  const eyes = { detector, vision }
  const seen = isCaptioned
    ? await captionFrames(candidates, eyes, signal)
    : { ...(await lookAtFrames(candidates, eyes, signal)), captions: null }
  const frames = await weighed(candidates, plan, { ...seen, vision }, method, encoder)
  for (const note of frames.notes) say(note)
  return chooseFrames(frames, method, options)
}

function openOnce(folder: string | undefined): () => Promise<Embedder> {
  let opened: Promise<Embedder> | null = null
  return () => {
    opened ??= embeddedEmbedder(folder)
    return opened
  }
}

type Seen = LookedAt & Pick<Eyes, 'vision'> & { readonly captions: readonly Caption[] | null }

async function weighed(
  { frames, reader }: Candidates,
  plan: QuestionPlan,
  { looks, pictures, captions, vision }: Seen,
  method: SelectionMethod,
  encoder: () => Promise<Embedder>,
): Promise<WeighedFrames> {
  const vectors =
    captions === null ? new Map<string, Float32Array>() : await embedCaptions(await encoder(), plan.question, captions, method === 'lifo')
  const alike = frameVectors(looks.map(({ feature }) => feature))
  const agreements = await agreementsWith(plan.question, vision, pictures)
  return weighFrames(plan, { frames, view: reader, looks, alike, captions, vectors, vision: agreements })
}
