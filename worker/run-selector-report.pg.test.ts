/** The whole job: a real clip with a known scene, the embedded models, settled samples, figures. */
import { symlinkSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeDualEncoder } from '@/bench/webgpu/dual-encoder-folder'
import { SMALL } from '@/bench/webgpu/dual-encoder-graph'
import { cosine } from '@/core/models/vectors'
import { videoRowsSchema } from '@/core/selection/report-row'
import { SELECTION_METHODS } from '@/core/selection/selection-options'
import { db } from '@/server/db'
import { stopMedia } from '@/server/media/media-client'
import { registeredFolder } from '@/server/models/registered-manifest'
import { getCandidates } from '@/server/queries/get-candidates'
import { getSelectorReport } from '@/server/queries/get-selector-report'
import { addReviewed, addVideo } from '@/server/selection/reviewed-for-tests'
import { createReport } from '@/server/selection/start-report'
import { openFrameReader } from './frame-reader'
import { registerModel } from './models/register-model'
import { registeredDualEncoder } from './models/registered-dual-encoder'
import { weightsForTests } from './models/weights-for-tests'
import { projectWithVideos } from './pipeline-for-tests'
import { run } from './run-selector-report'

const NEVER = new AbortController().signal
const weights = await weightsForTests()
let projectId = ''
let videoId = ''

async function report(weightsOf: { text: number; objects: number; vision: number }): Promise<string> {
  const options = { weights: weightsOf, k: 2 }
  return (await db.$transaction((tx) => createReport(tx, { projectId, userId: null, options }))).reportId
}

beforeAll(async () => {
  ;({
    projectId,
    videoIds: [videoId = ''],
  } = await projectWithVideos('selector-report', ['cfr-25']))
  await addReviewed({ projectId, videoId, question: 'Where is the red car?', frames: [0, 10] })
  await addReviewed({ projectId, videoId, question: 'Who walks away?', frames: [20], state: 'fixed' })
  await addReviewed({ projectId, videoId, question: '…?' })
  // Its blob is not there, as after a lost disk.
  const lost = await addVideo(projectId)
  await addReviewed({ projectId, videoId: lost })
})
afterAll(() => stopMedia())

describe('run-selector-report', () => {
  it('fails with a remedy while the models are not there', async () => {
    const id = await report({ text: 1, objects: 1, vision: 0 })
    await expect(run(id, NEVER)).rejects.toMatchObject({ code: 'missing_file' })
    const { state, errorMessage } = await getSelectorReport(projectId, id)
    expect([state, errorMessage]).toEqual(['failed', expect.stringContaining('has not been prepared yet')])
  })

  it.skipIf(weights === null)('looks, reads and chooses by all methods', async () => {
    const models = path.join(process.env.CREMA_DATA ?? '', 'models')
    await mkdir(models, { recursive: true })
    symlinkSync(weights ?? '', path.join(models, 'embedded'))
    const id = await report({ text: 1, objects: 1, vision: 0 })
    await run(id, NEVER)
    const { state, summary } = await getSelectorReport(projectId, id)
    expect(state).toBe('done')
    expect(summary).toMatchObject({ videos: 1, samples: 2, reviewed: 3, captionedHere: 1 })
    expect(summary?.methods.map(({ method }) => method)).toEqual(SELECTION_METHODS)
    expect(summary?.leftOut.map(({ reason, samples }) => [reason, samples])).toEqual([
      ['no-question', 1],
      ['unreadable-video', 1],
    ])
    const of = (name: string) => summary?.methods.find(({ method }) => method === name)
    expect(of('uniform')).toMatchObject({ flops: 0, lookedAt: 0, frames: { mean: 2 } })
    expect(of('topk')?.flops).toBeGreaterThan(1e9)
    expect(of('topk')?.ms).toBeGreaterThan(of('uniform')?.ms ?? 0)
  })

  it.skipIf(weights === null)('fails with a remedy while vision counts and no dual encoder is registered', async () => {
    const id = await report({ text: 0, objects: 0, vision: 1 })
    await expect(run(id, NEVER)).rejects.toMatchObject({ code: 'missing_file', message: expect.stringContaining('crema models add') })
  })

  it.skipIf(weights === null)('compares every question with every picture by the dual encoder that is registered', async () => {
    const folder = path.join(registeredFolder(), 'by', 'chance')
    await writeDualEncoder(folder, SMALL, { modelType: 'clip', resample: 3 })
    await registerModel(folder)
    const id = await report({ text: 0, objects: 0, vision: 1 })
    await run(id, NEVER)
    const { state, summary } = await getSelectorReport(projectId, id)
    expect([state, summary?.samples]).toEqual(['done', 2])

    const { sha256 } = await db.video.findUniqueOrThrow({ where: { id: videoId } })
    const { rows } = await db.selectorReportVideo.findFirstOrThrow({ where: { reportId: id, videoId } })
    const { samples } = videoRowsSchema.parse(rows)
    const chosen = samples.map(({ methods }) => methods.find(({ method }) => method === 'topk')?.indices)
    expect(chosen).toEqual(await bestTwo(sha256, ['Where is the red car?', 'Who walks away?']))
  })
})

/** For each question the two candidates whose pictures agree most with it. */
async function bestTwo(sha256: string, questions: readonly string[]): Promise<number[][]> {
  const vision = await registeredDualEncoder('by/chance')
  const video = await db.video.findUniqueOrThrow({ where: { id: videoId } })
  const { frames } = await getCandidates(video)
  const pictures = new Map<number, Float32Array>()
  await (await openFrameReader(sha256, NEVER)).read(frames, async (picture) => {
    pictures.set(picture.frame.index, await vision.embedPicture(picture))
  })
  return await Promise.all(
    questions.map(async (question) => {
      const asked = await vision.embedText(question)
      const ranked = [...pictures].sort(([, a], [, b]) => cosine(b, asked) - cosine(a, asked))
      return ranked
        .slice(0, 2)
        .map(([index]) => index)
        .sort((a, b) => a - b)
    }),
  )
}
