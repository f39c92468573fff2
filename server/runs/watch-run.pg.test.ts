/** Events of a run: the state at once, then what changed; every reader gets it, and nothing is asked for nobody. */
import { expect, it, vi } from 'vitest'
import { runStatusSchema } from '@/core/pipeline/run-status'
import { db } from '../db'
import { getRun } from '../queries/get-run'
import { makeRun } from '../queries/run-rows-for-tests'
import { eventStream } from './event-stream'
import { watchRun } from './watch-run'

async function* eventsOf(response: Response): AsyncGenerator<unknown> {
  const reader = response.body?.getReader()
  let text = ''
  for (;;) {
    const part = await reader?.read()
    if (part === undefined || part.done) return
    text += new TextDecoder().decode(part.value)
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) if (block.startsWith('data: ')) yield JSON.parse(block.slice(6))
  }
}

it('sends the state at once, and again when it has changed', async () => {
  const run = await makeRun('watched')
  const first = await getRun(run.projectId, { id: run.runId })
  const goesAway = new AbortController()
  const response = eventStream(goesAway.signal, (send) => watchRun(run.projectId, first, send))
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events = eventsOf(response)
  expect(runStatusSchema.parse((await events.next()).value)).toMatchObject({ state: 'running', stateReason: null })
  await db.run.update({ where: { id: run.runId }, data: { state: 'paused', stateReason: 'The budget is used up.' } })
  const second = runStatusSchema.parse((await events.next()).value)
  expect(second).toMatchObject({ state: 'paused', stateReason: 'The budget is used up.' })
  goesAway.abort()
  expect((await events.next()).done).toBe(true)
})

it('tells two readers the same, and stops asking when both are gone', async () => {
  const run = await makeRun('shared')
  const first = await getRun(run.projectId, { id: run.runId })
  const [one, two] = [vi.fn(), vi.fn()]
  const stops = [watchRun(run.projectId, first, one), watchRun(run.projectId, first, two)]
  await db.run.update({ where: { id: run.runId }, data: { state: 'cancelled' } })
  await vi.waitFor(() => expect(two).toHaveBeenCalledTimes(2), { timeout: 10_000 })
  expect(one.mock.calls).toEqual(two.mock.calls)
  for (const stop of stops) stop()
  const asked = vi.spyOn(db, '$queryRaw')
  await new Promise((resolve) => setImmediate(resolve))
  expect(asked).not.toHaveBeenCalled()
})

it('stops once, whichever end closes first', async () => {
  const stop = vi.fn()
  const goesAway = new AbortController()
  const response = eventStream(goesAway.signal, () => stop)
  await response.body?.cancel()
  goesAway.abort()
  expect(stop).toHaveBeenCalledTimes(1)
  const late = vi.fn()
  goesAway.abort()
  eventStream(goesAway.signal, () => late)
  expect(late).toHaveBeenCalledTimes(1)
})
