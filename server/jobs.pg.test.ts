import { randomUUID } from 'node:crypto'
import type { PgBoss } from 'pg-boss'
import { afterEach, describe, expect, it } from 'vitest'
import { db } from './db'
import { countLiveWorkers, enqueue, startQueue } from './jobs'

const workers: PgBoss[] = []

async function startWorker(): Promise<PgBoss> {
  const boss = await startQueue()
  workers.push(boss)
  return boss
}

afterEach(async () => {
  for (const boss of workers.splice(0)) await boss.stop({ graceful: false })
})

async function waitingIds(name: string): Promise<string[]> {
  const rows = await db.$queryRaw<
    { id: string }[]
  >`select data->>'id' as id from pgboss.job where name = ${name} and state = 'created' order by 1`
  return rows.map((row) => row.id)
}

describe('enqueue', () => {
  it('queues with the transaction, and not without it (invariant 6)', async () => {
    const kept = randomUUID()
    await db.$transaction((tx) => enqueue(tx, 'run-import', kept))
    const failing = db.$transaction(async (tx) => {
      await enqueue(tx, 'run-import', randomUUID())
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect(await waitingIds('run-import')).toEqual([kept])
  })

  it('queues an id that waits already only once', async () => {
    const id = randomUUID()
    for (let i = 0; i < 3; i++) await db.$transaction((tx) => enqueue(tx, 'prepare-stills', id))
    expect(await waitingIds('prepare-stills')).toEqual([id])
  })

  it('reaches a worker', async () => {
    const boss = await startWorker()
    const id = randomUUID()
    const arrived = new Promise<string>((resolve) => {
      boss.work<{ id: string }>('run-export', { pollingIntervalSeconds: 0.5 }, async ([job]) => resolve(job?.data.id ?? ''))
    })
    await db.$transaction((tx) => enqueue(tx, 'run-export', id))
    expect(await arrived).toBe(id)
  })
})

describe('countLiveWorkers', () => {
  it('counts workers, not senders, and forgets one that stopped', async () => {
    expect(await countLiveWorkers()).toBe(0)
    const boss = await startWorker()
    expect(await countLiveWorkers()).toBe(1)
    await boss.stop({ graceful: true, timeout: 1000 })
    workers.splice(0)
    expect(await countLiveWorkers()).toBe(0)
  })
})
