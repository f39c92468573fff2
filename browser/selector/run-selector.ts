/** From a question to chosen frames, in the worker: what is known comes from the cache, what is not is read, looked at and embedded. */
import { AppError } from '@/core/errors'
import type { ListedModel, ModelList } from '@/core/models/model-list'
import type { CandidateFrames } from '@/core/selection/candidate-frames'
import { chooseFrames } from '@/core/selection/choose-frames'
import { phrasesToCompare, planQuestion, type QuestionPlan, readsCaptions } from '@/core/selection/question-plan'
import type { SimilarLabels } from '@/core/selection/signals/similar-labels'
import { weighFrames } from '@/core/selection/weigh-frames'
import { knowCandidates } from './known-candidates'
import { readNames } from './read-names'
import type { RuntimeHolder } from './runtime-holder'
import type { SelectorCache } from './selector-cache'
import { captionsOf, compareVision, type Job, type JobParts, type JobTables, looksOf, readTexts, seeFrames } from './selector-job'
import type { SelectorAnswer, SelectorClient, SelectorRequest } from './selector-types'
import { startStopwatch } from './stopwatch'

export type SelectorParts = JobParts & {
  readonly runtimes: RuntimeHolder
  readonly cache: SelectorCache
  readonly models: (signal: AbortSignal) => Promise<ModelList>
  readonly candidates: (request: Pick<SelectorRequest, 'projectId' | 'video'>, signal: AbortSignal) => Promise<CandidateFrames>
  /** Milliseconds. */
  readonly now: () => number
}

/** `suggest` ends with the reason of the signal, between two batches at the latest. */
export type Selector = Pick<SelectorClient, 'suggest' | 'dispose'>

export function openSelector(parts: SelectorParts): Selector {
  const { runtimes, cache, now } = parts
  const known = knowCandidates(parts.candidates, now)
  return {
    async suggest(request, { signal, onProgress }) {
      const watch = startStopwatch(now)
      const notes = new Set<string>()
      const methods = request.methods.map(({ method }) => method)
      if (methods.length === 0) throw new AppError('invalid_input', 'No method was named to choose by.', { field: 'methods' })
      const phrases = phrasesToCompare(request.question, request.weights)
      // Where nothing is to be compared, what cannot be asked is refused before anything is fetched.
      const plain = phrases.length === 0 ? planFor(request) : null
      onProgress({ phase: 'frames', done: 0, total: null })
      const candidates = await watch.time('framesMs', () => known.of(request, signal))
      const models = await watch.time('modelsMs', () => parts.models(signal))
      const tables = await openTables(cache, candidates, models, request.weights.vision > 0 ? request.visionModel : null)
      const note = (line: string) => void notes.add(line)
      let looked = 0
      try {
        return await runtimes.use(request.device, signal, async (runtime) => {
          const asked = {
            phrases,
            question: request.weights.text > 0 ? request.question : null,
            tables,
            call: { signal, onProgress },
            watch,
          }
          const plan = plain ?? planFor(request, await readNames(asked, runtime))
          plan.notes.forEach(note)
          const [isRead, isWhole] = [readsCaptions(plan, methods), methods.includes('lifo')]
          const job: Job = { request, plan, isRead, isWhole, candidates, tables, signal, onProgress, watch, note }
          looked += await seeFrames(job, runtime, parts)
          const looks = looksOf(job)
          const captions = captionsOf(job, looks)
          const vectors = await readTexts(job, captions, runtime)
          const vision = await compareVision(job, runtime, parts)
          signal.throwIfAborted()
          const choices = await watch.time('chooseMs', async () => {
            const alike = known.alike(candidates, looks)
            const material = { frames: candidates.frames, view: request.video, looks, alike, captions: captions.texts, vectors, vision }
            const weighed = weighFrames(plan, material)
            for (const line of weighed.notes) notes.add(line)
            return request.methods.map(({ method, options }) => chooseFrames(weighed, method, options))
          })
          for (const line of [...runtimes.notes(), cache.note()]) if (line !== null) notes.add(line)
          return {
            candidates: { frames: candidates.frames, run: candidates.run, fps: candidates.fps },
            choices,
            device: { ...runtime.facts },
            timing: watch.timing(),
            isCached: looked === 0,
            captionedBy: captions.by,
            notes: [...notes],
            memoryBytes: runtime.memoryBytes(),
          } satisfies SelectorAnswer
        })
      } finally {
        // Also what was seen before it was called off: the next question goes on from there. Nobody waits for the disk.
        for (const table of Object.values(tables)) void table?.save()
      }
    },
    dispose() {
      runtimes.dispose()
      cache.close()
    },
  }
}

/** Without a dual encoder pixels have no say, which people are told. */
function planFor({ question, weights, visionModel }: SelectorRequest, similar?: SimilarLabels): QuestionPlan {
  if (visionModel !== null || weights.vision === 0) return planQuestion(question, weights, similar)
  const plan = planQuestion(question, { ...weights, vision: 0 }, similar)
  return { ...plan, notes: [...plan.notes, 'Chosen without the signal vision, because no dual encoder was picked for it.'] }
}

/** In place of the sha256 of a video, for what belongs to none. */
const NO_VIDEO = 'names'

async function openTables(
  cache: SelectorCache,
  { videoSha256 }: CandidateFrames,
  { models }: ModelList,
  visionName: string | null,
): Promise<JobTables> {
  const embedded = (kind: ListedModel['kind']) =>
    shaOf(
      models.find((model) => model.isEmbedded && model.kind === kind),
      `The embedded ${kind}`,
    )
  const visionSha =
    visionName === null
      ? null
      : shaOf(
          models.find(({ name }) => name === visionName),
          `The model ${visionName}`,
        )
  const [names, looks, texts, pictures, asked] = await Promise.all([
    cache.table('texts', NO_VIDEO, embedded('encoder')),
    cache.table('looks', videoSha256, embedded('detector')),
    cache.table('texts', videoSha256, embedded('encoder')),
    visionSha === null ? null : cache.table('pictures', videoSha256, visionSha),
    visionSha === null ? null : cache.table('texts', videoSha256, visionSha),
  ])
  return { names, looks, texts, pictures, asked }
}

/** All files of a model have a say in its numbers: weights, vocabulary, how pictures are prepared. */
function shaOf(model: ListedModel | undefined, name: string): string {
  if (model !== undefined) return model.files.map(({ sha256 }) => sha256).join(' ')
  throw new AppError('missing_file', `${name} is not on the server. Ask the administrator to prepare or register it.`, { model: name })
}
