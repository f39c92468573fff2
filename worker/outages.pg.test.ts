/** The short form of the outages of `npm run faults`: a full disk, and a database that dies and comes back. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Installation, openInstallation } from '@/bench/installation'
import { randomFrom } from '@/core/pipeline/random'
import type { Ground } from '@/e2e/faults/ground'

const SEED = 20_261_125
const VIDEOS = 1
let installation: Installation
let ground: Ground
let calmId = ''

// A database that is killed must be nobody else's; what reads the settings is loaded once they stand.
beforeAll(async () => {
  const { DATABASE_URL: shared } = process.env
  delete process.env.DATABASE_URL
  try {
    installation = await openInstallation()
  } finally {
    if (shared !== undefined) process.env.DATABASE_URL = shared
  }
  Object.assign(process.env, installation.environment)
  const { openGround, runCalmly } = await import('@/e2e/faults/ground')
  ground = await openGround()
  calmId = await runCalmly(ground, VIDEOS)
})
afterAll(async () => {
  const { stopMedia } = await import('@/server/media/media-client')
  stopMedia()
  await ground.server.close()
  const queue = await Object(globalThis).cremaQueue
  await queue?.stop({ graceful: false })
  await installation.stop()
})

it('on a full disk work waits and says why, nothing half-written stays, and with space it goes on', { timeout: 200_000 }, async () => {
  const { fillDisk } = await import('@/e2e/faults/full-disk')
  const report = await fillDisk(ground, calmId, VIDEOS)
  expect(report.waiting).toMatchObject({ stage: 'dedupe', state: 'waiting', errorCode: 'storage_full' })
  expect(report.waiting.errorMessage).toMatch(/Free space/)
  expect(report.exportWhileFull).toEqual({ state: 'failed', code: 'storage_full' })
  expect(report.halfWritten).toEqual([])
  expect(report.exportAfterwards).toBe('done')
  expect(report.calm.samples).toBeGreaterThan(0)
  expect(report.storm).toEqual(report.calm)
  expect(report.isSame).toBe(true)
})

it('a database that is killed or stopped and comes back loses nothing and doubles nothing', { timeout: 300_000 }, async () => {
  const { restartDatabase } = await import('@/e2e/faults/restart')
  const storm = { calmId, videos: VIDEOS, times: 2, random: randomFrom(SEED) }
  const report = await restartDatabase(ground, installation.environment.CREMA_DATA, storm)
  expect(report).toMatchObject({ restarts: 2, state: 'done', isSame: true, failedTasks: 0, reservationsLeft: 0 })
  expect(report.storm).toEqual(report.calm)
})
