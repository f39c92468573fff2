/** Previews and estimates start from the results that are there, and cost nothing new. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { PREVIEW_TAUS } from '@/core/pipeline/previews'
import { type PipelineSettings, PRESETS } from '@/core/pipeline/settings'
import { db } from '../db'
import { storeIndex } from '../media/frame-tables'
import { putBlob } from '../storage'
import { estimateRun } from './estimate-run'
import { findRunId } from './find-run'
import { getMotionPreview } from './get-motion-preview'
import { getTauPreview } from './get-tau-preview'
import { listRunnableVideos } from './list-runnable-videos'
import { addResult, makeRun, makeVideo, type TestRun } from './run-rows-for-tests'

const RULE = { variant: 'stack', keepsNumbersAndDirections: false } as const
const LOCAL = PRESETS['local-server']
let run: TestRun
let videoId: string

/** Three captions: the second is very like the first (cosine .96), the third is nothing like them. */
const VECTORS = Float32Array.from([1, 0, 0.96, 0.28, 0, 1])

beforeAll(async () => {
  run = await makeRun('previews')
  videoId = await makeVideo(run.projectId, 'harbour 100%.mp4')
  await db.run.update({ where: { id: run.runId }, data: { settings: LOCAL } })
  const table = {
    codedWidth: 8,
    codedHeight: 8,
    timeBase: [1, 10] as [number, number],
    width: 8,
    height: 8,
    rotation: 0 as const,
    sar: [1, 1] as [number, number],
  }
  const pts = Array.from({ length: 30 }, (_, i) => i)
  const frameTableSha256 = await storeIndex({
    table: { ...table, pts, duration: pts.map(() => 1), key: pts.map((i) => i === 0) },
    check: pts,
    container: 'mov',
    mediaType: 'video/mp4',
    codec: 'h264',
    pixelFormat: 'yuv420p',
    hasAudio: false,
    discardedPackets: 0,
  })
  const sprite = { columns: 2, rows: 1, tileWidth: 16, tileHeight: 9, indices: [0, 15] }
  await db.video.update({ where: { id: videoId }, data: { frameTableSha256, sprite, durationSec: 3 } })
  const frames = [0, 10, 20].map((index) => ({ index, pts: index, timeSec: index / 10 }))
  const shots = [
    { startIndex: 0, endIndex: 19, motion: 0, fps: 1 },
    { startIndex: 20, endIndex: 29, motion: 0.5, fps: 4 },
  ]
  const captions = frames.map(({ index }) => ({ frameIndex: index, text: `Frame ${index}.`, facts: null }))
  const { sha256 } = await putBlob(Buffer.from(VECTORS.buffer))
  const dedupe = { kept: [0, 20], dropped: [{ frameIndex: 10, against: 0, similarity: 0.96 }], vectors: { sha256, dimensions: 2 } }
  const pairs = ['a', 'b'].map((key) => ({ key, group: 0, question: `${key}?`, answer: key, support: null }))
  const judged = [
    { key: 'a', isKept: true, judgements: [] },
    { key: 'b', isKept: false, judgements: [] },
  ]
  const outputs = [
    { frames, shots, curve: [{ timeSec: 0, motion: 0.1 }] },
    { captions },
    dedupe,
    { groups: [[0, 20]] },
    { pairs },
    { judged },
  ]
  const names = ['sample-frames', 'caption', 'dedupe', 'group', 'write-qa', 'filter-qa']
  for (const [position, output] of outputs.entries()) await addResult(run, { videoId, stage: names[position] ?? '', position, output })
  await db.task.updateMany({ where: { runId: run.runId }, data: { durationMs: 1000, startedAt: new Date(Date.now() - 6000) } })
})

describe('threshold preview', () => {
  it('has every threshold of the slider at once', async () => {
    const preview = await getTauPreview(run.projectId, RULE, { videoId: null, runId: null })
    expect(preview?.frames.map(({ frameIndex }) => frameIndex)).toEqual([0, 10, 20])
    const kept = (tau: number) => preview?.kept[PREVIEW_TAUS.indexOf(tau)]
    expect(kept(0.9)).toEqual([0, 2])
    expect(kept(0.98)).toEqual([0, 1, 2])
    expect(preview?.meanKept[0]).toBe(2)
    expect(preview?.sprite?.columns).toBe(2)
    expect(preview).toMatchObject({ videoId, videosCounted: 1 })
  })

  it('obeys the rest of the rule', async () => {
    const strict = await getTauPreview(run.projectId, { ...RULE, keepsNumbersAndDirections: true }, { videoId, runId: run.runId })
    // “Frame 0.” and “Frame 10.” name other numbers.
    expect(strict?.kept[0]).toEqual([0, 1, 2])
  })

  it('is nothing where there is nothing, and a refusal for a video that is not there', async () => {
    const empty = await makeRun('no-previews')
    expect(await getTauPreview(empty.projectId, RULE, { videoId: null, runId: null })).toBeNull()
    for (const id of ['x', randomUUID()]) {
      await expect(getTauPreview(run.projectId, RULE, { videoId: id, runId: null }), id).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(getTauPreview(empty.projectId, RULE, { videoId, runId: null })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('does not trust vectors of another length', async () => {
    const other = await makeRun('broken')
    const id = await makeVideo(other.projectId, 'b.mp4')
    await addResult(other, {
      videoId: id,
      stage: 'caption',
      position: 1,
      output: { captions: [{ frameIndex: 0, text: 'A.', facts: null }] },
    })
    const { sha256 } = await putBlob(Buffer.from([1, 2, 3]))
    const output = { kept: [0], dropped: [], vectors: { sha256, dimensions: 2 } }
    await addResult(other, { videoId: id, stage: 'dedupe', position: 2, output })
    await expect(getTauPreview(other.projectId, RULE, { videoId: null, runId: null })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('motion preview', () => {
  it('tells shots in seconds, by the frame table', async () => {
    const preview = await getMotionPreview(run.projectId, null)
    expect(preview?.shots).toEqual([
      { startSec: 0, endSec: 2, motion: 0, fps: 1 },
      { startSec: 2, endSec: 3, motion: 0.5, fps: 4 },
    ])
    expect(preview).toMatchObject({ framesSec: [0, 1, 2], durationSec: 3, videoName: 'harbour 100%.mp4' })
    await expect(getMotionPreview(run.projectId, randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('videos to choose from', () => {
  it('are found by a part of their name, whatever signs it has', async () => {
    await makeVideo(run.projectId, 'other.mp4')
    expect(await listRunnableVideos(run.projectId, '', null)).toMatchObject({ total: 2 })
    expect((await listRunnableVideos(run.projectId, '100%', null)).videos.map(({ id }) => id)).toEqual([videoId])
    expect((await listRunnableVideos(run.projectId, '_', null)).total).toBe(0)
    expect((await listRunnableVideos(run.projectId, '', 'dedupe')).total).toBe(1)
  })
})

describe('estimate', () => {
  const of = (settings: PipelineSettings, more: Partial<Parameters<typeof estimateRun>[0]> = {}) =>
    estimateRun({ projectId: run.projectId, settings, videoIds: [videoId], freshFrom: null, ...more })

  it('of the same settings is nothing', async () => {
    expect(await of(LOCAL)).toMatchObject({ videos: 1, fresh: 0, redone: 0, firstStage: null, calls: 0, costMicroUsd: 0, leftSec: 0 })
  })

  it('of another threshold begins where the threshold counts', async () => {
    const changed = { ...LOCAL, dedupe: { ...LOCAL.dedupe, threshold: 0.94 } }
    const estimate = await of(changed)
    expect(estimate).toMatchObject({ redone: 1, firstStage: 'dedupe', costMicroUsd: 0 })
    expect(estimate.leftSec).toBeGreaterThan(0)
  })

  it('of a run that asks anew begins where it is told', async () => {
    expect(await of(LOCAL, { freshFrom: 'write-qa' })).toMatchObject({ redone: 1, firstStage: 'write-qa' })
  })

  it('of a model without a price names it', async () => {
    const writer = { provider: 'openai', model: 'made-up', parameters: {} } as const
    const estimate = await of({ ...LOCAL, roles: { ...LOCAL.roles, 'qa-writer': writer } })
    expect(estimate).toMatchObject({ costMicroUsd: null, unpriced: ['openai/made-up'], firstStage: 'write-qa' })
  })

  it('counts videos that no run knows in full', async () => {
    const estimate = await of(LOCAL, { videoIds: null })
    expect(estimate).toMatchObject({ videos: 2, fresh: 1, redone: 0, firstStage: 'sample-frames' })
    expect(estimate.calls).toBeGreaterThan(0)
    const empty = await makeRun('nothing-to-estimate')
    const nothing = await of(LOCAL, { projectId: empty.projectId, videoIds: null })
    expect(nothing).toMatchObject({ videos: 0, fresh: 0, firstStage: null })
  })
})

it('a run of another project is not found', async () => {
  const other = await makeRun('elsewhere-run')
  expect(await findRunId(run.projectId, run.runId)).toBe(run.runId)
  for (const id of ['x', other.runId]) await expect(findRunId(run.projectId, id)).rejects.toMatchObject({ code: 'not_found' })
})
