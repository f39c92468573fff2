import { beforeAll, describe, expect, it } from 'vitest'
import { videoPlace } from '@/core/pipeline/sample-order'
import { PRESETS } from '@/core/pipeline/settings'
import { db } from '../db'
import { createRun } from './start-run'

const COUNT = 2000
let projectId = ''

beforeAll(async () => {
  projectId = (await db.project.create({ data: { slug: 'many', name: 'Many' } })).id
  await db.$executeRaw`
    INSERT INTO "Video" (id, "projectId", sha256, name, bytes, state, "createdAt", "updatedAt")
    SELECT gen_random_uuid(), ${projectId}::uuid, md5(i::text) || md5(i::text), 'clip-' || i, 1,
      (CASE WHEN i % 100 = 0 THEN 'failed' ELSE 'done' END)::"JobState", '2026-01-01'::timestamp + i * interval '1 second', now()
    FROM generate_series(1, ${COUNT}::int) i`
})

const start = (videoIds: readonly string[] | null) => {
  const request = { projectId, userId: null, settings: PRESETS.embedded, videoIds, capMicroUsd: null, freshFrom: null }
  return db.$transaction((tx) => createRun(tx, request))
}
const readyVideos = () =>
  db.video.findMany({ where: { projectId, state: 'done' }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], select: { id: true } })

describe('a run over very many videos', () => {
  it('gets one task and one job for each that has been read, in their order', async () => {
    const videos = await readyVideos()
    expect(videos).toHaveLength(0.99 * COUNT)
    const { runId, number } = await start(null)
    expect(number).toBe(1)
    const tasks = await db.task.findMany({ where: { runId }, orderBy: { place: 'asc' }, select: { id: true, videoId: true, place: true } })
    expect(tasks.map((task) => task.videoId)).toEqual(videos.map((video) => video.id))
    expect(tasks.every((task, position) => task.place === videoPlace(position))).toBe(true)
    expect(await db.task.count({ where: { runId, stage: 'sample-frames', state: 'waiting', position: 0, attempt: 0, pairKey: '' } })).toBe(
      tasks.length,
    )
    const [jobs] = await db.$queryRaw<{ jobs: number; known: number }[]>`
      SELECT count(*)::int AS jobs, count(t.id)::int AS known
      FROM pgboss.job j LEFT JOIN "Task" t ON t.id = (j.data->>'id')::uuid AND t."runId" = ${runId}::uuid
      WHERE j.name = 'stage-sample-frames' AND j.state = 'created'`
    expect(jobs).toEqual({ jobs: tasks.length, known: tasks.length })
    expect(await db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ videosTotal: tasks.length, state: 'running' })
  })

  it('takes as many that were chosen one by one, and each once', async () => {
    const ids = (await readyVideos()).map((video) => video.id)
    const { runId } = await start([...ids, ...ids.slice(0, 100)].reverse())
    const tasks = await db.task.findMany({ where: { runId }, orderBy: { place: 'asc' }, select: { videoId: true } })
    expect(tasks.map((task) => task.videoId)).toEqual(ids)
  })

  it('begins nothing when one of the chosen was not read, or is not there', async () => {
    const ids = (await readyVideos()).slice(0, 3).map((video) => video.id)
    const [unread] = await db.video.findMany({ where: { projectId, state: 'failed' }, take: 1 })
    const before = await db.run.count()
    await expect(start([...ids, unread?.id ?? ''])).rejects.toMatchObject({ code: 'not_found' })
    await expect(start([...ids, crypto.randomUUID()])).rejects.toMatchObject({ code: 'not_found' })
    await expect(start([])).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await db.run.count()).toBe(before)
  })
})
