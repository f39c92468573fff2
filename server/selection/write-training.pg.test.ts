import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evenTable } from '@/core/pipeline/video.fixture'
import { trainingRowSchema } from '@/core/selection/training-row'
import { db } from '../db'
import { storeIndex } from '../media/frame-tables'
import { addResult, makeRun } from '../queries/run-rows-for-tests'
import { addReviewed, addVideo } from './reviewed-for-tests'
import { writeTraining } from './write-training'

const NEVER = new AbortController().signal
const SAMPLED = [0, 20, 40, 60, 80]
let folder: string
let frameTableSha256: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crema-training-'))
  const table = evenTable(160, 20)
  const media = {
    container: 'mov' as const,
    mediaType: 'video/mp4' as const,
    codec: 'h264',
    pixelFormat: 'yuv420p',
    hasAudio: false,
    discardedPackets: 0,
  }
  frameTableSha256 = await storeIndex({ table, check: table.pts, ...media })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A project with one captioned video, whose frames 0, 20, 40 … (0, 1, 2 s …) were sampled, and one that no run has seen. */
async function project(): Promise<{ projectId: string; captioned: string; bare: string }> {
  const run = await makeRun(`training-${randomUUID()}`)
  const { projectId } = run
  const captioned = await addVideo(projectId, { frameTableSha256 })
  const frames = SAMPLED.map((index) => ({ index, pts: index, timeSec: index / 20 }))
  const output = { frames, shots: [{ startIndex: 0, endIndex: 159, motion: 0, fps: 1 }], curve: [] }
  await addResult(run, { videoId: captioned, stage: 'sample-frames', position: 0, output })
  const captions = SAMPLED.map((frameIndex) => ({ frameIndex, text: `Frame ${frameIndex}: “a car”.`, facts: null }))
  await addResult(run, { videoId: captioned, stage: 'caption', position: 1, output: { captions } })
  const bare = await addVideo(projectId, { frameTableSha256 })
  return { projectId, captioned, bare }
}

const linesOf = async (file: string) =>
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => trainingRowSchema.parse(JSON.parse(line)))

describe('writeTraining', () => {
  it('writes a line for each settled sample on captioned frames, and counts the others', async () => {
    const { projectId, captioned, bare } = await project()
    const given = { projectId, videoId: captioned }
    await addReviewed({ ...given, externalId: 'b', question: 'Which car is last?', frames: [61, 19] })
    await addReviewed({ ...given, externalId: 'a', question: 'Which car is first?', frames: [20] })
    await addReviewed({ ...given, externalId: 'far', frames: [140] })
    await addReviewed({ ...given, externalId: 'blank', question: '  ' })
    await addReviewed({ ...given, externalId: 'waiting', state: 'queued' })
    await addReviewed({ projectId, videoId: bare })
    await addReviewed({ projectId, videoId: null })
    const file = path.join(folder, `${randomUUID()}.jsonl`)
    const result = await writeTraining(projectId, file, NEVER)
    expect(result).toMatchObject({
      samples: 2,
      leftOut: { 'no-captions': 1, 'not-a-candidate': 1, 'no-question': 1, 'no-video': 1 },
    })
    const rows = await linesOf(file)
    expect(rows.map(({ id, question, chosen }) => [id, question, chosen])).toEqual([
      ['a', 'Which car is first?', [1]],
      ['b', 'Which car is last?', [1, 3]],
    ])
    expect(rows[0]).toMatchObject({
      task: 'causal_inference',
      frames: SAMPLED,
      captions: SAMPLED.map((index) => `Frame ${index}: “a car”.`),
    })
    expect(await readdir(folder)).toEqual([path.basename(file)])
    // Written again, over the older one, it is the same bytes.
    expect(await writeTraining(projectId, file, NEVER)).toEqual(result)
  })

  it('is an empty file where nothing is settled', async () => {
    const { projectId } = await project()
    const file = path.join(folder, `${randomUUID()}.jsonl`)
    expect(await writeTraining(projectId, file, NEVER)).toMatchObject({ samples: 0, leftOut: {}, bytes: 0 })
    expect(await readFile(file, 'utf8')).toBe('')
  })

  it('counts a video whose frames are not known any more', async () => {
    const { projectId, captioned } = await project()
    await addReviewed({ projectId, videoId: captioned })
    await db.video.update({ where: { id: captioned }, data: { frameTableSha256: 'c'.repeat(64) } })
    const file = path.join(folder, `${randomUUID()}.jsonl`)
    expect(await writeTraining(projectId, file, NEVER)).toMatchObject({ samples: 0, leftOut: { 'no-video': 1 } })
  })

  it('says so when the place cannot be written, and leaves an older file alone when it is stopped', async () => {
    const { projectId, captioned } = await project()
    await addReviewed({ projectId, videoId: captioned })
    await expect(writeTraining(projectId, path.join(folder, 'no', 'where.jsonl'), NEVER)).rejects.toMatchObject({ code: 'missing_file' })
    const file = path.join(folder, `${randomUUID()}.jsonl`)
    await writeFile(file, 'older')
    await expect(writeTraining(projectId, file, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
    expect(await readFile(file, 'utf8')).toBe('older')
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})
