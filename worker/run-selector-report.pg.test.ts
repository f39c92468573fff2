/** The whole job: a real clip with a known scene, the embedded models, settled samples, figures. */
import { symlinkSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SELECTION_METHODS } from '@/core/selection/selection-options'
import { db } from '@/server/db'
import { stopMedia } from '@/server/media/media-client'
import { getSelectorReport } from '@/server/queries/get-selector-report'
import { addReviewed, addVideo } from '@/server/selection/reviewed-for-tests'
import { createReport } from '@/server/selection/start-report'
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
})
