import { describe, expect, it } from 'vitest'
import { checkHealth } from './health'
import { startQueue } from './jobs'

describe('checkHealth', () => {
  it('names the part that fails: no worker', async () => {
    expect(await checkHealth()).toEqual({ status: 'failing', db: 'ok', queue: 'ok', storage: 'ok', worker: 'failing' })
  })

  it('is well with a worker', async () => {
    const boss = await startQueue()
    try {
      expect(await checkHealth()).toEqual({ status: 'ok', db: 'ok', queue: 'ok', storage: 'ok', worker: 'ok' })
    } finally {
      await boss.stop({ graceful: false })
    }
  })
})
