import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSelector, type SelectorWorker } from './open-selector'
import type { FromSelector, ToSelector } from './selector-messages'
import type { SelectorAnswer, SelectorRequest } from './selector-types'

const request = (question: string): SelectorRequest => ({
  ...{ projectId: 'p', video: { id: 'v', sha256: 'a'.repeat(64), width: 8, height: 8 }, question, device: 'auto', visionModel: null },
  ...{ weights: { text: 1, objects: 0, vision: 0 }, methods: [] },
})
const answerTo = (words: string): SelectorAnswer => ({
  ...{ candidates: { frames: [], run: null, fps: 1 }, choices: [], device: { kind: 'wasm', name: 'processor', threads: 1, reason: null } },
  timing: { modelsMs: 0, framesMs: 0, lookMs: 0, textMs: 0, chooseMs: 0, totalMs: 0 },
  ...{ isCached: false, captionedBy: null, notes: [words], memoryBytes: 0 },
})

/** A worker that does what the test says. */
class ScriptedWorker extends EventTarget {
  readonly got: ToSelector[] = []
  isEnded = false
  postMessage(message: ToSelector) {
    this.got.push(message)
  }
  terminate() {
    this.isEnded = true
  }
  say(message: FromSelector) {
    this.dispatchEvent(new MessageEvent('message', { data: message }))
  }
  die(reason: string) {
    this.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message: reason }))
  }
  asked() {
    return this.got.flatMap((message) => (message.kind === 'suggest' ? [message.request.question] : []))
  }
}

let workers: ScriptedWorker[] = []
const PATIENCE_MS = 1000
const open = () =>
  openSelector(() => {
    const worker = new ScriptedWorker()
    workers.push(worker)
    return worker as unknown as SelectorWorker
  }, PATIENCE_MS)
const never = new AbortController().signal
const nothing = () => undefined
const at = (index: number): ScriptedWorker => workers[index] ?? expect.unreachable()

beforeEach(() => {
  workers = []
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('a question', () => {
  it('starts the worker, is told how far it is, and is answered', async () => {
    const client = open()
    expect(workers).toHaveLength(0)
    const onProgress = vi.fn()
    const asking = client.suggest(request('one'), { signal: never, onProgress })
    at(0).say({ kind: 'progress', id: 1, progress: { phase: 'look', done: 1, total: 2 } })
    at(0).say({ kind: 'answer', id: 1, answer: answerTo('one') })
    expect((await asking).notes).toEqual(['one'])
    expect(onProgress.mock.calls).toEqual([[{ phase: 'look', done: 1, total: 2 }]])
    const next = client.suggest(request('two'), { signal: never, onProgress: nothing })
    at(0).say({ kind: 'answer', id: 2, answer: answerTo('two') })
    expect((await next).notes).toEqual(['two'])
    expect(workers).toHaveLength(1)
  })

  it('fails with the error of the worker', async () => {
    const asking = open().suggest(request('one'), { signal: never, onProgress: nothing })
    at(0).say({ kind: 'failed', id: 1, error: { code: 'bad_file', message: 'Not the file.', details: { file: 'x' } } })
    await expect(asking).rejects.toMatchObject({ name: 'AppError', code: 'bad_file', message: 'Not the file.', details: { file: 'x' } })
  })

  it('ends the one before', async () => {
    const client = open()
    const first = client.suggest(request('one'), { signal: never, onProgress: nothing })
    const second = client.suggest(request('two'), { signal: never, onProgress: nothing })
    await expect(first).rejects.toMatchObject({ name: 'AbortError' })
    expect(at(0).got).toMatchObject([
      { kind: 'suggest', id: 1 },
      { kind: 'cancel', id: 1 },
      { kind: 'suggest', id: 2 },
    ])
    // Too late, and of no question any more.
    at(0).say({ kind: 'answer', id: 1, answer: answerTo('one') })
    at(0).say({ kind: 'answer', id: 2, answer: answerTo('two') })
    expect((await second).notes).toEqual(['two'])
  })
})

describe('calling off', () => {
  it('ends the question at once, whatever the worker does', async () => {
    const control = new AbortController()
    const asking = open().suggest(request('one'), { signal: control.signal, onProgress: nothing })
    control.abort()
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' })
    expect(at(0).got.at(-1)).toEqual({ kind: 'cancel', id: 1 })
    expect(at(0).isEnded).toBe(false)
  })

  it('begins nothing when it came first', async () => {
    await expect(open().suggest(request('one'), { signal: AbortSignal.abort(), onProgress: nothing })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(workers).toHaveLength(0)
  })

  it('leaves a worker alone that stops in time', async () => {
    const control = new AbortController()
    const asking = open().suggest(request('one'), { signal: control.signal, onProgress: nothing })
    control.abort()
    await expect(asking).rejects.toThrow()
    at(0).say({ kind: 'stopped', id: 1 })
    vi.advanceTimersByTime(PATIENCE_MS * 2)
    expect(at(0).isEnded).toBe(false)
  })

  it('ends a worker that does not, and asks the waiting question in a fresh one', async () => {
    const client = open()
    const control = new AbortController()
    const first = client.suggest(request('one'), { signal: control.signal, onProgress: nothing })
    control.abort()
    await expect(first).rejects.toThrow()
    const second = client.suggest(request('two'), { signal: never, onProgress: nothing })
    vi.advanceTimersByTime(PATIENCE_MS)
    expect([at(0).isEnded, at(1).asked()]).toEqual([true, ['two']])
    at(0).say({ kind: 'failed', id: 2, error: { code: 'internal', message: 'of the dead', details: {} } })
    at(1).say({ kind: 'answer', id: 2, answer: answerTo('two') })
    expect((await second).notes).toEqual(['two'])
  })

  it('after the answer changes nothing', async () => {
    const control = new AbortController()
    const asking = open().suggest(request('one'), { signal: control.signal, onProgress: nothing })
    at(0).say({ kind: 'answer', id: 1, answer: answerTo('one') })
    await asking
    control.abort()
    expect(at(0).got).toHaveLength(1)
  })
})

describe('a worker that dies', () => {
  it('ends its question as unavailable, and the next one gets a fresh worker', async () => {
    const client = open()
    const first = client.suggest(request('one'), { signal: never, onProgress: nothing })
    at(0).die('out of memory')
    await expect(first).rejects.toMatchObject({ code: 'unavailable', details: { reason: 'out of memory' } })
    expect(at(0).isEnded).toBe(true)
    const second = client.suggest(request('two'), { signal: never, onProgress: nothing })
    at(1).say({ kind: 'answer', id: 2, answer: answerTo('two') })
    expect((await second).notes).toEqual(['two'])
  })

  it('or cannot be started: the same', async () => {
    const client = openSelector(() => {
      throw new DOMException('refused by the policy', 'SecurityError')
    })
    await expect(client.suggest(request('one'), { signal: never, onProgress: nothing })).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('while nobody asks, is noticed by nobody', async () => {
    const client = open()
    const first = client.suggest(request('one'), { signal: never, onProgress: nothing })
    at(0).say({ kind: 'answer', id: 1, answer: answerTo('one') })
    await first
    at(0).die('idle')
    void client.suggest(request('two'), { signal: never, onProgress: nothing })
    expect(at(1).asked()).toEqual(['two'])
  })
})

it('giving the client up ends the worker and its question', async () => {
  const client = open()
  const asking = client.suggest(request('one'), { signal: never, onProgress: nothing })
  client.dispose()
  await expect(asking).rejects.toMatchObject({ name: 'AbortError' })
  expect(at(0).isEnded).toBe(true)
  vi.advanceTimersByTime(PATIENCE_MS * 2)
  expect(workers).toHaveLength(1)
})
