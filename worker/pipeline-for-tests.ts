/** A pipeline with scripted stages for tests of the engine against a real database. Never imported by the product. */
import { AppError } from '@/core/errors'
import { frameIndexSchema } from '@/core/ids'
import type { StageOutput } from '@/core/pipeline/outputs'
import { PRESETS } from '@/core/pipeline/settings'
import { CODE_PROVENANCE } from '@/core/pipeline/stage-provenance'
import type { StageName } from '@/core/pipeline/stages'
import type { ClipSpec } from '@/e2e/fixtures/clip-specs'
import { clipPath, clipSpec } from '@/e2e/fixtures/clips'
import { db } from '@/server/db'
import { registerVideo } from '@/server/media/register-video'
import { createRun, type RunRequest } from '@/server/pipeline/start-run'
import { runStage, type StageParts } from './run-stage'
import { openStageVideo } from './stage-tools'
import type { StageInput } from './stages/stage'

const frame = (value: number) => frameIndexSchema.parse(value)
const FRAMES = [0, 5, 10, 15].map(frame)
const NEVER = new AbortController().signal

/** Outputs of a video with two questions, of which the filter keeps `kept`. */
export function scriptedOutputs(input: StageInput, kept: readonly string[] = ['one', 'two']): StageOutput {
  const name = input.pairKey ?? 'one'
  const key = (pair: string) => `${input.video.sha256.slice(0, 8)}-${pair}`
  const question = `Why does ${name.split('-').at(-1)} happen?`
  return {
    'sample-frames': {
      frames: FRAMES.map((index) => ({ index, pts: input.video.table.pts[index] ?? 0, timeSec: index / 25 })),
      shots: [],
      curve: [],
    },
    caption: { captions: FRAMES.map((frameIndex) => ({ frameIndex, text: `Frame ${frameIndex} shows a cup.`, facts: null })) },
    dedupe: { kept: FRAMES, dropped: [], vectors: { sha256: '0'.repeat(64), dimensions: 2 } },
    group: { groups: [FRAMES] },
    'write-qa': {
      pairs: ['one', 'two'].map((pair) => ({
        key: key(pair),
        group: 0,
        question: `Why does ${pair} happen?`,
        answer: pair,
        support: null,
      })),
    },
    'filter-qa': { judged: ['one', 'two'].map((pair) => ({ key: key(pair), isKept: kept.includes(pair), judgements: [] })) },
    'pick-core-frames': { frames: [0, 10].map((index) => ({ claimedIndex: frame(index), caption: `Frame ${index} shows a cup.` })) },
    'name-objects': { objects: [{ phrase: 'cup' }] },
    'write-evidence': {
      steps: [
        {
          tokens: [
            { kind: 'text', text: 'There is a ' },
            { kind: 'mention', text: 'cup', object: 0 },
          ],
          frames: [0, 1],
        },
      ],
    },
    retrieve: { frames: [0, 10].map((index) => ({ frameIndex: frame(index), score: 1, margin: 0.5, isLowMargin: false })) },
    ground: { boxes: [{ object: 0, frame: 0, rect: { x: 2, y: 2, w: 20, h: 20 }, score: 0.9, label: 'cup' }], undetectable: [] },
    verify: { checks: [{ agreement: 0.8, rank: 1, isAccepted: true, note: question }] },
    'classify-task': { task: 'causal_inference', reason: null },
    'write-options': { options: ['one', 'no', 'never'], correctIndex: 0, seed: 1, lengthGap: 0 },
    lint: { sampleId: null, outcome: 'written', flagCodes: [] },
  }
}

export type Script = {
  /** Called before a stage puts out its result; may throw, wait, or count. */
  readonly before?: (stage: StageName, input: StageInput, signal: AbortSignal) => Promise<void> | void
  readonly kept?: readonly string[]
}

export function scripted({ before, kept }: Script = {}): StageParts {
  return {
    async openTools(task, signal) {
      const video = await openStageVideo(task)
      const unused = () => Promise.reject(new AppError('internal', 'A scripted stage asked for something real.'))
      return {
        video,
        // Scripted stages read nothing of this.
        deps: { models: {} as never, reader: {} as never, signatures: unused, putBlob: unused, readBlob: unused, signal },
        loadStage: async (name) => async (input) => {
          await before?.(name, input, signal)
          return scriptedOutputs(input, kept)[name]
        },
        account: () => ({ provenance: CODE_PROVENANCE, costMicroUsd: 0, paidMicroUsd: 0 }),
      }
    },
  }
}

/** A project with `count` short videos. */
export async function projectWithVideos(
  slug: string,
  clips: readonly (string | ClipSpec)[],
): Promise<{ projectId: string; videoIds: string[] }> {
  const project = await db.project.create({ data: { slug, name: slug }, select: { id: true } })
  const videoIds: string[] = []
  for (const clip of clips) {
    const spec = typeof clip === 'string' ? clipSpec(clip) : clip
    const video = await registerVideo({ projectId: project.id, path: clipPath(spec), name: `${spec.name}.mp4` }, { probe: 'now' })
    videoIds.push(video.id)
  }
  return { projectId: project.id, videoIds }
}

export async function startTestRun(projectId: string, changes: Partial<RunRequest> = {}): Promise<string> {
  const request = { projectId, userId: null, settings: PRESETS.embedded, videoIds: null, capMicroUsd: null, freshFrom: null, ...changes }
  return (await db.$transaction((tx) => createRun(tx, request))).runId
}

export const waitingTasks = (runId: string) =>
  db.task.findMany({ where: { runId, state: 'waiting' }, orderBy: [{ position: 'desc' }, { place: 'asc' }] })

/** Runs whatever waits, whenever it was meant to be tried again, until nothing does or the run does not go on. */
export async function drain(runId: string, parts: StageParts, limit = 500): Promise<number> {
  let done = 0
  for (let tasks = await waitingTasks(runId); tasks.length > 0 && done < limit; tasks = await waitingTasks(runId)) {
    const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
    if (run.state !== 'running') break
    const [next] = tasks
    if (next === undefined) break
    await runStage(next.id, NEVER, parts)
    done += 1
  }
  return done
}
