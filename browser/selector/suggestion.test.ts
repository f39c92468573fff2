import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@/core/errors'
import type { FrameChoice } from '@/core/selection/frame-choice'
import type { SelectorAnswer, SelectorClient, SelectorProgress, SelectorRequest } from './selector-types'
import { choiceOf, createSuggestion, DEFAULT_SETTINGS, methodsOf } from './suggestion'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Asked = {
  readonly request: SelectorRequest
  readonly signal: AbortSignal
  readonly onProgress: (progress: SelectorProgress) => void
  readonly answer: (answer: SelectorAnswer) => void
  readonly fail: (error: unknown) => void
}

/** A client that notes its questions and is answered by hand. */
function scripted() {
  const asked: Asked[] = []
  const client: SelectorClient = {
    suggest: (request, { signal, onProgress }) =>
      new Promise((resolve, reject) => {
        asked.push({ request, signal, onProgress, answer: resolve, fail: reject })
        signal.addEventListener('abort', () => reject(new DOMException('ended', 'AbortError')))
      }),
    dispose: () => {},
  }
  return { asked, client }
}

const at = (asked: readonly Asked[], place: number): Asked => {
  const one = asked[place]
  if (one === undefined) throw new Error(`Question ${place} was not asked`)
  return one
}

function answerOf(request: SelectorRequest): SelectorAnswer {
  return {
    candidates: { frames: [], run: null, fps: 2 },
    choices: request.methods.map(({ method }): FrameChoice => ({ method, chosen: [], curve: [], lookedAt: 0 })),
    device: { kind: 'wasm', name: 'wasm', threads: 2, reason: 'There is no WebGPU here.' },
    timing: { modelsMs: 0, framesMs: 0, lookMs: 0, textMs: 0, chooseMs: 1, totalMs: 1 },
    isCached: true,
    captionedBy: null,
    notes: [],
    memoryBytes: 0,
  }
}

const VIDEO = { id: 'v', sha256: 'a'.repeat(64), width: 640, height: 360 }

function open() {
  const { asked, client } = scripted()
  let question = 'Why does it stop?'
  const suggestion = createSuggestion(
    () => client,
    () => ({ projectId: 'p', video: VIDEO, question }),
  )
  const edit = (text: string) => {
    question = text
  }
  return { asked, suggestion, edit }
}

/** Lets promises that are settled by now go on. */
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('methodsOf', () => {
  it('puts the proposal first and names each method once', () => {
    expect(methodsOf({ method: 'adaptive', compared: null })).toEqual(['adaptive', 'aks', 'topk'])
    expect(methodsOf({ method: 'mmr', compared: 'topk' })).toEqual(['mmr', 'adaptive', 'aks', 'topk'])
    expect(methodsOf({ method: 'aks', compared: 'dpp' })).toEqual(['aks', 'adaptive', 'topk', 'dpp'])
  })
})

describe('a suggestion', () => {
  it('asks nothing before it is told to, then asks with all its values', async () => {
    const { asked, suggestion } = open()
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(0)
    suggestion.run()
    expect(at(asked, 0).request).toMatchObject({
      projectId: 'p',
      question: 'Why does it stop?',
      weights: { text: 0.5, objects: 0.5, vision: 0 },
      device: 'auto',
      visionModel: null,
    })
    expect(at(asked, 0).request.methods.map(({ method, options }) => [method, options.k])).toEqual([
      ['adaptive', 3],
      ['aks', 3],
      ['topk', 3],
    ])
    expect(suggestion.getState().phase).toBe('running')
  })

  it('shows how far it is and what came back', async () => {
    const { asked, suggestion } = open()
    suggestion.run()
    at(asked, 0).onProgress({ phase: 'look', done: 16, total: 48 })
    expect(suggestion.getState().progress).toEqual({ phase: 'look', done: 16, total: 48 })
    const answer = answerOf(at(asked, 0).request)
    at(asked, 0).answer(answer)
    await settle()
    expect(suggestion.getState()).toMatchObject({ phase: 'done', progress: null, answer })
    expect(choiceOf(suggestion.getState().answer, 'aks')?.method).toBe('aks')
    expect(choiceOf(suggestion.getState().answer, 'bolt')).toBeNull()
  })

  it('asks again once the hand rests, with the newest values and the question as it stands now', async () => {
    const { asked, suggestion, edit } = open()
    suggestion.run()
    at(asked, 0).answer(answerOf(at(asked, 0).request))
    await settle()
    const first = suggestion.getState().answer
    edit('Why does it go on?')
    for (const text of [0.6, 0.7, 0.8]) suggestion.change({ weights: { text, objects: 0.2, vision: 0 } })
    expect(suggestion.getState().settings.weights.text).toBe(0.8)
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(250)
    expect(asked).toHaveLength(2)
    expect(at(asked, 1).request).toMatchObject({ question: 'Why does it go on?', weights: { text: 0.8 } })
    expect(suggestion.getState()).toMatchObject({ phase: 'running', answer: first })
  })

  it('ends the question before, and takes nothing of it any more', async () => {
    const { asked, suggestion } = open()
    suggestion.run()
    suggestion.run()
    expect(at(asked, 0).signal.aborted).toBe(true)
    at(asked, 0).onProgress({ phase: 'look', done: 1, total: 2 })
    at(asked, 0).answer(answerOf(at(asked, 0).request))
    await settle()
    expect(suggestion.getState()).toMatchObject({ phase: 'running', progress: null, answer: null, error: null })
  })

  it('is cancelled at once, whatever the worker does; a second time there is nothing to cancel', async () => {
    const { asked, suggestion } = open()
    suggestion.run()
    expect(suggestion.cancel()).toBe(true)
    expect(suggestion.getState().phase).toBe('cancelled')
    expect(at(asked, 0).signal.aborted).toBe(true)
    await settle()
    expect(suggestion.getState()).toMatchObject({ phase: 'cancelled', error: null })
    expect(suggestion.cancel()).toBe(false)
  })

  it('is cancelled while it waits for the hand to rest', async () => {
    const { asked, suggestion } = open()
    suggestion.change({ k: 4 })
    expect(suggestion.cancel()).toBe(true)
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(0)
  })

  it('says what went wrong and can be asked again', async () => {
    const { asked, suggestion } = open()
    suggestion.run()
    at(asked, 0).fail(new AppError('bad_file', 'The model is not the one the server names.'))
    await settle()
    expect(suggestion.getState()).toMatchObject({ phase: 'failed', error: { code: 'bad_file' } })
    suggestion.run()
    expect(suggestion.getState()).toMatchObject({ phase: 'running', error: null })
  })

  it('draws another method that is in the answer already without asking', async () => {
    const { asked, suggestion } = open()
    suggestion.run()
    at(asked, 0).answer(answerOf(at(asked, 0).request))
    await settle()
    suggestion.change({ compared: 'topk' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(1)
    suggestion.change({ compared: 'bolt' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(2)
  })

  it('does not ask again to draw another method while it is asked, or after it was cancelled', async () => {
    const { asked, suggestion } = open()
    suggestion.run()
    suggestion.change({ compared: 'topk' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(1)
    suggestion.cancel()
    suggestion.change({ compared: null })
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(1)
    expect(suggestion.getState()).toMatchObject({ phase: 'cancelled', settings: { compared: null } })
  })

  it('leaves pixels out of the weights where no dual encoder is chosen', async () => {
    const { asked, suggestion } = open()
    suggestion.change({ weights: { text: 1, objects: 0, vision: 0.7 } })
    await vi.advanceTimersByTimeAsync(250)
    expect(at(asked, 0).request.weights.vision).toBe(0)
    suggestion.change({ visionModel: 'clip' })
    await vi.advanceTimersByTimeAsync(250)
    expect(at(asked, 1).request).toMatchObject({ visionModel: 'clip', weights: { vision: 0.7 } })
  })

  it('asks for the device that a person wants', () => {
    const { asked, suggestion } = open()
    suggestion.change({ device: 'webgpu' })
    suggestion.run()
    expect(at(asked, 0).request.device).toBe('webgpu')
  })

  it('asks for nothing more once it is put away', async () => {
    const { asked, suggestion } = open()
    suggestion.run()
    suggestion.change({ k: 2 })
    suggestion.dispose()
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(1)
    expect(at(asked, 0).signal.aborted).toBe(true)
  })

  it('turns diversity into the words of each method', () => {
    const { asked, suggestion } = open()
    suggestion.change({ method: 'mmr', diversity: 1 })
    suggestion.run()
    const options = at(asked, 0).request.methods.find(({ method }) => method === 'mmr')?.options
    expect(options?.lambda).toBeCloseTo(0.2)
    expect(DEFAULT_SETTINGS.diversity).toBe(0.5)
  })
})
