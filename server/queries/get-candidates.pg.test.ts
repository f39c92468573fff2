/** What a selector may choose from: the newest captioned frames of a run, thinned, or frames of the table. */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { GET } from '@/app/api/projects/[projectId]/videos/[videoId]/candidates/route'
import { PRESETS } from '@/core/pipeline/settings'
import { CODE_PROVENANCE } from '@/core/pipeline/stage-provenance'
import { type CandidateFrames, candidateFramesSchema, MAX_CANDIDATES } from '@/core/selection/candidate-frames'
import { db } from '../db'
import { storeIndex } from '../media/frame-tables'
import { addMember, headersOf, makeProject, makeUser } from '../people-for-tests'
import type { Viewer } from '../session'
import { getCandidates } from './get-candidates'
import { addResult, makeRun, type TestRun } from './run-rows-for-tests'

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }))

const COUNT = 1500
const CAPTIONER = { ...CODE_PROVENANCE, kind: 'model', provider: 'server:local', model: 'internvl', calls: 3 }
let viewer: Viewer
let projectId: string
let frameTableSha256: string
let videos = 0

async function makeVideo(): Promise<{ id: string; sha256: string }> {
  videos += 1
  const sha256 = videos.toString(16).padStart(64, '0')
  const data = { projectId, sha256, name: `${videos}.mp4`, bytes: 1, state: 'done' as const, frameTableSha256 }
  return db.video.create({ data, select: { id: true, sha256: true } })
}

async function candidatesOf(video: { id: string }): Promise<CandidateFrames> {
  return getCandidates(await db.video.findUniqueOrThrow({ where: { id: video.id } }))
}

const framesAt = (indices: readonly number[]) => indices.map((index) => ({ index, pts: index, timeSec: index / 10 }))
const captionAll = (indices: readonly number[], words = 'Frame') =>
  indices.map((index) => ({ frameIndex: index, text: `${words} ${index}.`, facts: null }))

async function sample(run: TestRun, videoId: string, indices: readonly number[], captions: object[] | null): Promise<void> {
  const output = { frames: framesAt(indices), shots: [{ startIndex: 0, endIndex: COUNT - 1, motion: 0, fps: 1 }], curve: [] }
  await addResult(run, { videoId, stage: 'sample-frames', position: 0, output })
  if (captions !== null) await addResult(run, { videoId, stage: 'caption', position: 1, output: { captions }, provenance: CAPTIONER })
}

beforeAll(async () => {
  projectId = (await makeProject('candidates')).id
  viewer = await makeUser('Vera')
  await addMember(projectId, viewer, 'viewer')
  const pts = Array.from({ length: COUNT }, (_, at) => at)
  const one: [number, number] = [1, 1]
  frameTableSha256 = await storeIndex({
    table: {
      ...{ codedWidth: 8, codedHeight: 8, width: 8, height: 8, rotation: 0, sar: one, timeBase: [1, 10] },
      ...{ pts, duration: pts.map(() => 1), key: pts.map((at) => at === 0) },
    },
    ...{
      check: pts,
      container: 'mov',
      mediaType: 'video/mp4',
      codec: 'h264',
      pixelFormat: 'yuv420p',
      hasAudio: false,
      discardedPackets: 0,
    },
  })
})

describe('of a video that no run knows', () => {
  it('are frames of its table at the rate of the project', async () => {
    const video = await makeVideo()
    const found = await candidatesOf(video)
    const fps = PRESETS.embedded.sampling.dynamicFps
    expect(found).toMatchObject({ videoSha256: video.sha256, run: null, fps, captions: null, captionedBy: null })
    expect(found.frames).toHaveLength(MAX_CANDIDATES)
    expect([found.frames[0]?.index, found.frames.at(-1)?.index]).toEqual([0, COUNT - 5])
  })

  it('are so at the rate that was set for this video', async () => {
    const video = await makeVideo()
    const pipeline = { ...PRESETS.embedded, samplingByVideo: { [video.id]: { dynamicFps: 0.5, staticFps: 0.5 } } }
    await db.project.update({ where: { id: projectId }, data: { settings: { pipeline } } })
    const found = await candidatesOf(video)
    expect(found.fps).toBe(0.5)
    expect(found.frames.slice(0, 3).map(({ index }) => index)).toEqual([0, 20, 40])
    await db.project.update({ where: { id: projectId }, data: { settings: {} } })
  })

  it('are not known before its frames are', async () => {
    const { id } = await makeVideo()
    await db.video.update({ where: { id }, data: { frameTableSha256: null } })
    await expect(candidatesOf({ id })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('of a video that runs have sampled', () => {
  it('are those with captions, of the newest run that has them', async () => {
    const video = await makeVideo()
    await sample(await makeRun('', 11, { projectId }), video.id, [0, 5], captionAll([0, 5], 'Old'))
    await sample(await makeRun('', 12, { projectId }), video.id, [1, 7, 9], captionAll([9, 7, 1]))
    await sample(await makeRun('', 13, { projectId }), video.id, [2, 3], null)
    const found = await candidatesOf(video)
    expect(found).toMatchObject({ run: 12, fps: null, captionedBy: 'server:local internvl', frames: framesAt([1, 7, 9]) })
    expect(found.captions?.map(({ text }) => text)).toEqual(['Frame 1.', 'Frame 7.', 'Frame 9.'])
  })

  it('come without captions where none or not all are there', async () => {
    const [bare, half] = [await makeVideo(), await makeVideo()]
    await sample(await makeRun('', 21, { projectId }), bare.id, [0, 5], null)
    await sample(await makeRun('', 22, { projectId }), half.id, [0, 5], captionAll([5]))
    expect(await candidatesOf(bare)).toMatchObject({ run: 21, frames: framesAt([0, 5]), captions: null, captionedBy: null })
    expect(await candidatesOf(half)).toMatchObject({ run: 22, captions: null, captionedBy: null })
  })

  it('are thinned evenly, each with its own caption', async () => {
    const video = await makeVideo()
    const all = Array.from({ length: 600 }, (_, at) => at * 2)
    await sample(await makeRun('', 31, { projectId }), video.id, all, captionAll(all))
    const found = await candidatesOf(video)
    expect(found.frames).toHaveLength(MAX_CANDIDATES)
    expect([found.frames[0]?.index, found.frames.at(-1)?.index]).toEqual([0, 1198])
    expect(found.captions?.map(({ text }) => text)).toEqual(found.frames.map(({ index }) => `Frame ${index}.`))
  })

  it('are those of the table where the result is of another shape, not done, or of another project', async () => {
    const [odd, failed, foreign] = [await makeVideo(), await makeVideo(), await makeVideo()]
    await addResult(await makeRun('', 41, { projectId }), {
      videoId: odd.id,
      stage: 'sample-frames',
      position: 0,
      output: { frames: 'many' },
    })
    const run = await makeRun('', 42, { projectId })
    await sample(run, failed.id, [0, 5], captionAll([0, 5]))
    await db.task.updateMany({ where: { runId: run.runId }, data: { state: 'failed' } })
    await sample(await makeRun('candidates-elsewhere'), foreign.id, [0, 5], null)
    for (const video of [odd, failed, foreign]) expect((await candidatesOf(video)).run).toBeNull()
  })
})

describe('the route', () => {
  const ask = async (params: { projectId: string; videoId: string }, who: Viewer | null) =>
    GET(new Request('http://127.0.0.1:3000/x', { headers: await headersOf(who) }), { params: Promise.resolve(params) })

  it('answers members of the project in the shape that selectors read, never from a cache', async () => {
    const video = await makeVideo()
    await sample(await makeRun('', 51, { projectId }), video.id, [0, 5], captionAll([0, 5]))
    const response = await ask({ projectId, videoId: video.id }, viewer)
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(candidateFramesSchema.parse(await response.json())).toMatchObject({ run: 51 })
  })

  it('knows nothing for strangers, nor a video of another project', async () => {
    const video = await makeVideo()
    expect((await ask({ projectId, videoId: video.id }, null)).status).toBe(401)
    expect((await ask({ projectId, videoId: video.id }, await makeUser('Sven'))).status).toBe(404)
    const other = await makeProject('candidates-other')
    await addMember(other.id, viewer, 'viewer')
    expect((await ask({ projectId: other.id, videoId: video.id }, viewer)).status).toBe(404)
    expect((await ask({ projectId, videoId: 'x' }, viewer)).status).toBe(404)
  })
})
