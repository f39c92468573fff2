/** Chooses frames on one video for all its settled questions by all methods. The video is decoded and looked at once. */
import { AppError, type ErrorCode } from '@/core/errors'
import type { FrameTable } from '@/core/frame-table'
import type { UnigramTokenizer } from '@/core/models/unigram-tokenizer'
import type { CandidateFrames } from '@/core/selection/candidate-frames'
import { captionTexts } from '@/core/selection/caption-texts'
import { chooseFrames } from '@/core/selection/choose-frames'
import { captionsOfLooks } from '@/core/selection/look-captions'
import type { QuestionPlan } from '@/core/selection/question-plan'
import type { LeftOut, MethodRow, SampleRow, VideoRows } from '@/core/selection/report-row'
import type { ReportOptions } from '@/core/selection/report-status'
import { reviewedFrames } from '@/core/selection/reviewed-frames'
import { MOST_ADAPTIVE, SELECTION_METHODS } from '@/core/selection/selection-options'
import { frameVectors } from '@/core/selection/signals/frame-vectors'
import { type FrameMaterial, weighFrames } from '@/core/selection/weigh-frames'
import type { ReviewedSample } from '@/server/selection/reviewed-samples'
import { keepLooks } from './kept-looks'
import type { Embedder, FrameReader } from './models/roles'
import { type Account, costOfMethod, flopsFor } from './report-work'
import { type Eyes, type LookedAt, lookAtFrames } from './select-frames-look'
import { agreementsWith, type Vision } from './select-frames-vision'
import { planWithNames } from './similar-names'
import { embedAll, vectorsOf } from './stages/embed'

/** `vision` null = pixels are not compared with questions. */
export type ReportModels = {
  readonly detector: Eyes['detector']
  readonly embedder: Embedder
  readonly tokenizer: Pick<UnigramTokenizer, 'encode'>
  readonly vision: Vision | null
}

export type OpenVideo = { readonly table: FrameTable; readonly candidates: CandidateFrames; readonly reader: FrameReader }
export type ReportVideo = { readonly samples: AsyncIterable<ReviewedSample>; open(): Promise<OpenVideo> }

/** Faults of the file, not of ours, or a file that is gone: its samples are left out, and the report goes on. */
const UNREADABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'not_found',
  'corrupt_media',
  'media_crashed',
  'unsupported_media',
  'limit_exceeded',
  'missing_file',
  'frame_out_of_range',
])

type Asked = Pick<SampleRow, 'sampleId' | 'task' | 'reviewed' | 'adopted'> & { readonly plan: QuestionPlan }
type Seen = LookedAt & { readonly lookMs: number }

/** What the work gives, or null when the file is at fault. */
async function unlessUnreadable<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (thrown) {
    if (thrown instanceof AppError && UNREADABLE.has(thrown.code)) return null
    throw thrown
  }
}

const NOTHING: Omit<VideoRows, 'leftOut'> = { candidates: null, looks: 0, lookMs: 0, captions: 'none', samples: [] }
const unreadable = ({ sampleId }: { sampleId: string }): LeftOut => ({ sampleId, reason: 'unreadable-video' })

/** @throws AppError of the models, unavailable; the abort reason */
export async function lookAtReviewed(
  { samples, open }: ReportVideo,
  models: ReportModels,
  options: ReportOptions,
  signal: AbortSignal,
): Promise<VideoRows> {
  const video = await unlessUnreadable(open)
  const { asked, leftOut } = await questionsOf(samples, video?.table ?? null, options, models.embedder)
  if (video === null || asked.length === 0) return { ...NOTHING, leftOut }
  const seen = await unlessUnreadable(() => lookAtCandidates(video, models, signal))
  if (seen === null) return { ...NOTHING, leftOut: [...leftOut, ...asked.map(unreadable)] }
  return { ...(await chooseAll(video, models, options, asked, seen, signal)), leftOut }
}

/** `table` null = the video cannot be opened. */
async function questionsOf(
  samples: AsyncIterable<ReviewedSample>,
  table: FrameTable | null,
  { weights }: ReportOptions,
  embedder: Embedder,
): Promise<{ asked: Asked[]; leftOut: LeftOut[] }> {
  const asked: Asked[] = []
  const leftOut: LeftOut[] = []
  for await (const { id: sampleId, question, task, document } of samples) {
    const frames = table === null ? null : reviewedFrames(document, table)
    const plan = await planOf(question, weights, embedder)
    if (table === null) leftOut.push(unreadable({ sampleId }))
    else if (frames === null) leftOut.push({ sampleId, reason: 'no-core-frame' })
    else if (typeof plan === 'string') leftOut.push({ sampleId, reason: plan })
    else asked.push({ sampleId, task, reviewed: [...frames.timeSec], adopted: frames.adopted, plan })
  }
  return { asked, leftOut }
}

async function planOf(question: string, weights: ReportOptions['weights'], embedder: Embedder): Promise<QuestionPlan | LeftOut['reason']> {
  try {
    return await planWithNames(question, weights, async () => embedder)
  } catch (thrown) {
    const field = thrown instanceof AppError ? thrown.details.field : undefined
    if (field === 'question') return 'no-question'
    if (field === 'weights') return 'nothing-to-look-for'
    throw thrown
  }
}

/** With a memory of its own: the report tells what a look takes, also where this process has looked before. */
async function lookAtCandidates({ candidates: { frames }, reader }: OpenVideo, models: ReportModels, signal: AbortSignal): Promise<Seen> {
  const begin = performance.now()
  const seen = await lookAtFrames({ frames, reader }, models, signal, keepLooks())
  return { ...seen, lookMs: performance.now() - begin }
}

async function chooseAll(
  { candidates, reader }: OpenVideo,
  { embedder, tokenizer, vision }: ReportModels,
  options: ReportOptions,
  asked: readonly Asked[],
  { looks, pictures, lookMs }: Seen,
  signal: AbortSignal,
): Promise<Omit<VideoRows, 'leftOut'>> {
  const { frames } = candidates
  const captions = candidates.captions ?? captionsOfLooks(frames, looks, reader)
  const pieces = new Map<string, number>()
  const piecesOf = (text: string) => {
    const count = pieces.get(text) ?? Math.max(1, tokenizer.encode(text).length)
    pieces.set(text, count)
    return count
  }
  const begin = performance.now()
  const vectors = await vectorsOf(embedder, captionTexts(captions, true))
  const factsMs = performance.now() - begin
  const material = { frames, view: reader, looks, alike: frameVectors(looks.map(({ feature }) => feature)), captions }
  const samples: SampleRow[] = []
  for (const { plan, ...sample } of asked) {
    signal.throwIfAborted()
    const started = performance.now()
    const [query = new Float32Array()] = await embedAll(embedder, [plan.question])
    const questionMs = performance.now() - started
    const compared = performance.now()
    const agreements = await agreementsWith(plan.question, vision, pictures)
    const visionMs = performance.now() - compared
    const own = { ...material, vectors: new Map([...vectors, [plan.question, query]]), vision: agreements }
    const flops = flopsFor(plan, looks.length, captions, piecesOf)
    const account = { candidates: frames.length, flops, isText: plan.weights.text !== undefined, lookMs, factsMs, questionMs, visionMs }
    samples.push({ ...sample, methods: byAllMethods(plan, own, options, account) })
  }
  const whose = candidates.captions === null ? 'here' : 'run'
  return { candidates: frames.length, looks: looks.length, lookMs, captions: whose, samples }
}

/** `visionMs` = encoding the question for the pictures, and comparing it with each. */
type Known = Omit<Account, 'time'> & Omit<Account['time'], 'weighMs'> & { readonly visionMs: number }

function byAllMethods(plan: QuestionPlan, material: FrameMaterial, { k }: ReportOptions, known: Known): MethodRow[] {
  const begin = performance.now()
  const weighed = weighFrames(plan, material)
  const { lookMs, factsMs, questionMs, visionMs, ...rest } = known
  const account: Account = { ...rest, time: { lookMs, factsMs, questionMs, weighMs: visionMs + performance.now() - begin } }
  return SELECTION_METHODS.map((method) => {
    const started = performance.now()
    const { chosen, lookedAt } = chooseFrames(weighed, method, { k: method === 'adaptive' ? MOST_ADAPTIVE : k })
    const cost = costOfMethod(method, lookedAt, performance.now() - started, account)
    const [indices, timeSec] = [chosen.map(({ index }) => index), chosen.map((frame) => frame.timeSec)]
    return { method, indices, timeSec, lookedAt, ...cost }
  })
}
