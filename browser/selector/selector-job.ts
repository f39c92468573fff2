/** The steps of one question. Each leaves what it made in the tables, so that a step that is done again goes on where it broke off. */
import type { FrameTable } from '@/core/frame-table'
import type { CandidateFrames } from '@/core/selection/candidate-frames'
import { captionTexts } from '@/core/selection/caption-texts'
import type { Look } from '@/core/selection/look'
import { captionsOfLooks, LOOK_CAPTIONER } from '@/core/selection/look-captions'
import type { QuestionPlan } from '@/core/selection/question-plan'
import { dot, type Vector } from '@/core/selection/similarity'
import type { FrameMaterial } from '@/core/selection/weigh-frames'
import type { CandidatePicture } from './candidate-picture'
import { embedTexts } from './embed-texts'
import type { readCandidates } from './frames'
import { lookAtFrames, unseen } from './look-frames'
import type { CallOptions } from './models'
import type { SelectorRuntime } from './runtime'
import type { KeptTable } from './selector-cache'
import type { SelectorPhase, SelectorProgress, SelectorRequest } from './selector-types'
import type { Stopwatch } from './stopwatch'
import type { BrowserVision } from './vision'

/**
 * `names` = of the sentences that unknown names are compared with, the same for every video. `pictures` and `asked` (questions by the dual
 * encoder) null = no dual encoder is asked.
 */
export type JobTables = {
  readonly names: KeptTable
  readonly looks: KeptTable
  readonly texts: KeptTable
  readonly pictures: KeptTable | null
  readonly asked: KeptTable | null
}

/** `isRead` = captions are compared with the question, `isWhole` = also as a whole with each other. */
export type Job = {
  readonly request: SelectorRequest
  readonly plan: QuestionPlan
  readonly isRead: boolean
  readonly isWhole: boolean
  readonly candidates: CandidateFrames
  readonly tables: JobTables
  readonly signal: AbortSignal
  readonly onProgress: (progress: SelectorProgress) => void
  readonly watch: Stopwatch
  readonly note: (line: string) => void
}

export type JobParts = {
  readonly table: (request: SelectorRequest, signal: AbortSignal) => Promise<FrameTable>
  readonly read: typeof readCandidates
  /** RGBA of 300 × 300. */
  readonly squareOf: (picture: CandidatePicture) => Uint8ClampedArray
  /** The dual encoder of the request. */
  readonly vision: (name: string, runtime: SelectorRuntime, call: CallOptions) => Promise<BrowserVision>
}

/** Texts between two looks at the signal: a graphics card takes many together, a processor gains nothing from it. */
const TEXTS_AT_ONCE = { webgpu: 256, wasm: 32 } as const

const say =
  ({ onProgress }: Job, phase: SelectorPhase) =>
  (done: number, total: number | null) =>
    onProgress({ phase, done, total })
const callOf = ({ signal, onProgress }: Job): CallOptions => ({ signal, onProgress })
const visionOf = ({ vision }: JobParts, job: Job, runtime: SelectorRuntime) => vision(job.request.visionModel ?? '', runtime, callOf(job))

/** @returns how many frames had to be read; 0 = all was known */
export async function seeFrames(job: Job, runtime: SelectorRuntime, parts: JobParts): Promise<number> {
  const { request, candidates, tables, signal, watch } = job
  const known = { looks: tables.looks.entries, pictures: tables.pictures?.entries ?? null }
  const missing = unseen(candidates.frames, known).length
  if (missing === 0) return 0
  say(job, 'models')(0, null)
  const lookers = await watch.time('modelsMs', async () => ({
    detector: await runtime.detector(callOf(job)),
    vision: known.pictures === null ? null : await (await visionOf(parts, job, runtime)).pictures(callOf(job)),
  }))
  say(job, 'frames')(0, missing)
  const table = await watch.time('framesMs', () => parts.table(request, signal))
  const report = await lookAtFrames(candidates.frames, known, lookers, {
    read: (frames, onPicture) => parts.read({ projectId: request.projectId, video: request.video, table }, frames, onPicture, signal),
    ...{ squareOf: parts.squareOf, view: request.video, signal, onDone: say(job, 'look'), now: watch.now },
  })
  watch.add('framesMs', report.framesMs)
  watch.add('lookMs', report.lookMs)
  if (report.stillsBecause !== null) job.note(`Some frames came as stills from the server, which takes longer. ${report.stillsBecause}`)
  return report.looked
}

/** What the detector saw on each candidate, in their order. */
export function looksOf({ candidates, tables }: Job): Look[] {
  return candidates.frames.flatMap(({ index }) => {
    const entry = tables.looks.entries.get(index)
    return entry === undefined ? [] : [{ seen: entry.seen ?? [], feature: entry.vector }]
  })
}

export type Captions = { readonly texts: FrameMaterial['captions']; readonly by: string | null }

/** Those of a run, else what the one look says. `by` null = nobody reads them. */
export function captionsOf({ candidates, request, isRead }: Job, looks: readonly Look[]): Captions {
  if (candidates.captions !== null) return { texts: candidates.captions, by: isRead ? candidates.captionedBy : null }
  return isRead ? { texts: captionsOfLooks(candidates.frames, looks, request.video), by: LOOK_CAPTIONER } : { texts: null, by: null }
}

/** Vectors of the question and of the captions; none where nobody reads them. */
export async function readTexts(job: Job, captions: Captions, runtime: SelectorRuntime): Promise<ReadonlyMap<string, Vector>> {
  if (!job.isRead || captions.texts === null) return new Map()
  const { signal, tables, watch } = job
  const { entries } = tables.texts
  const texts = [job.request.question, ...captionTexts(captions.texts, job.isWhole)]
  if (texts.some((text) => !entries.has(text))) {
    const encoder = await watch.time('modelsMs', () => runtime.encoder(callOf(job)))
    const step = TEXTS_AT_ONCE[runtime.facts.kind]
    const embed = (some: readonly string[]) => encoder.embed(some)
    await watch.time('textMs', () => embedTexts(texts, entries, embed, { step, signal, onDone: say(job, 'text') }))
  }
  return new Map(
    texts.flatMap((text): [string, Vector][] => {
      const entry = entries.get(text)
      return entry === undefined ? [] : [[text, entry.vector]]
    }),
  )
}

/** Cosine of the question with each candidate picture; null where no dual encoder is asked. */
export async function compareVision(job: Job, runtime: SelectorRuntime, parts: JobParts): Promise<number[] | null> {
  const { candidates, request, signal, tables, watch } = job
  const { pictures, asked } = tables
  if (pictures === null || asked === null) return null
  const { question } = request
  if (!asked.entries.has(question)) {
    const encoder = await watch.time('modelsMs', async () => (await visionOf(parts, job, runtime)).texts(callOf(job)))
    const embed = async ([text = question]: readonly string[]) => [await encoder.embedText(text)]
    await watch.time('textMs', () => embedTexts([question], asked.entries, embed, { step: 1, signal, onDone: say(job, 'text') }))
  }
  const query = asked.entries.get(question)?.vector ?? []
  return candidates.frames.map(({ index }) => dot(pictures.entries.get(index)?.vector ?? [], query))
}
