import { describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import { type Run, runJob, type TakenJob } from './run-job'

const job: TakenJob = {
  id: 'j1',
  data: { id: 'r1' },
  retryCount: 0,
  signal: new AbortController().signal,
  sourceName: null,
  sourceOutput: null,
}
const running = new AbortController().signal
const withRun = (run: Run) => () => Promise.resolve({ run })

describe('runJob', () => {
  it('completes a job that returns, and hands it the id of its row', async () => {
    const ids: string[] = []
    const result = await runJob(
      'run-import',
      withRun(async (id) => void ids.push(id)),
      job,
      running,
    )
    expect(result).toEqual({ id: 'j1', status: 'completed' })
    expect(ids).toEqual(['r1'])
  })

  it.each(['unavailable', 'storage_full'] as const)('retries %s', async (code) => {
    const result = await runJob(
      'run-import',
      withRun(() => Promise.reject(new AppError(code, 'gone'))),
      job,
      running,
    )
    expect(result.status).toBe('failed')
  })

  it('retries what nobody foresaw, hiding its words', async () => {
    const result = await runJob(
      'run-import',
      withRun(() => Promise.reject(new TypeError('secret'))),
      job,
      running,
    )
    expect(result).toMatchObject({ status: 'failed', output: { code: 'internal' } })
    expect(JSON.stringify(result)).not.toContain('secret')
  })

  it('does not repeat what would fail again', async () => {
    const result = await runJob(
      'run-import',
      withRun(() => Promise.reject(new AppError('bad_file', 'no JSON'))),
      job,
      running,
    )
    expect(result).toMatchObject({ status: 'deadletter', output: { code: 'bad_file', message: 'no JSON' } })
  })

  it('retries whatever a stop interrupted and tells the job to end', async () => {
    const stop = new AbortController()
    const untilStopped: Run = (_id, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('bad_file', 'cut off')))
        stop.abort()
      })
    const result = await runJob('run-import', withRun(untilStopped), job, stop.signal)
    expect(result.status).toBe('failed')
  })

  it('does not begin after the stop', async () => {
    const result = await runJob(
      'run-import',
      withRun(() => expect.unreachable()),
      job,
      AbortSignal.abort(),
    )
    expect(result.status).toBe('failed')
  })
})
