/** The short form of `npm run faults`: real worker processes, killed, frozen and lied to. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { randomFrom } from '@/core/pipeline/random'
import { type Ground, openGround } from '@/e2e/faults/ground'
import { FAULT_POINTS, killWorkers } from '@/e2e/faults/kill'
import { spoilAnswers } from '@/e2e/faults/model-faults'
import { freezeWorkers } from '@/e2e/faults/zombies'
import { stopMedia } from '@/server/media/media-client'

const SEED = 20_261_125
let ground: Ground

beforeAll(async () => {
  ground = await openGround()
})
afterAll(async () => {
  stopMedia()
  await ground.server.close()
})

it('a worker killed at every named point and at random ones leaves what an undisturbed one leaves', { timeout: 400_000 }, async () => {
  const report = await killWorkers(ground, 2, 2, randomFrom(SEED))
  expect(report.kills).toBeGreaterThanOrEqual(FAULT_POINTS.length)
  expect(report.calm.samples).toBeGreaterThan(0)
  expect(report.storm).toEqual(report.calm)
  expect(report.isSame).toBe(true)
  expect(report.reservationsLeft).toBe(0)
})

it('a worker that was frozen and comes back writes nothing', { timeout: 200_000 }, async () => {
  const report = await freezeWorkers(ground, 1, 1, randomFrom(SEED))
  expect(report).toMatchObject({ states: ['done'], changedAfterwards: false })
})

it('whatever models do wrong, every task ends as done or as failed with a reason', { timeout: 300_000 }, async () => {
  const report = await spoilAnswers(ground, 1, 0.25, SEED)
  expect(report.faults).toBeGreaterThan(3)
  expect(report).toMatchObject({ state: 'done', failedWithoutReason: 0, halfWritten: 0 })
})
