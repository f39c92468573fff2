import { describe, expect, it } from 'vitest'
import { AppError } from '@/core/errors'
import type { Selector } from './run-selector'
import { candidatesOf, fakeSelector } from './selector.fixture'
import type { FromSelector, ToSelector } from './selector-messages'
import type { SelectorRequest } from './selector-types'
import { serveSelector } from './serve-selector'

const asking = (id: number, question = 'Where is the dog?'): ToSelector => {
  const request: SelectorRequest = {
    ...{ projectId: 'p', video: { id: 'v', sha256: 'a'.repeat(64), width: 600, height: 300 }, question, device: 'auto', visionModel: null },
    ...{ weights: { text: 0, objects: 1, vision: 0 }, methods: [{ method: 'topk', options: { k: 1 } }] },
  }
  return { kind: 'suggest', id, request }
}

function served(selector: Pick<Selector, 'suggest'>) {
  const said: FromSelector[] = []
  const send = serveSelector(selector, (message) => void said.push(message))
  const ends = () => said.filter(({ kind }) => kind !== 'progress').map(({ kind, id }) => `${kind} ${id}`)
  return { said, send, ends }
}

describe('the worker', () => {
  it('answers, and tells how far it is', async () => {
    const { said, send, ends } = served(fakeSelector(candidatesOf(5)).selector)
    await send(asking(1))
    expect(ends()).toEqual(['answer 1'])
    expect(said[0]).toEqual({ kind: 'progress', id: 1, progress: { phase: 'frames', done: 0, total: null } })
  })

  it('sends errors as they are, and defects as such', async () => {
    const { said, send } = served(fakeSelector(candidatesOf(5)).selector)
    await send(asking(1, 'Why?'))
    expect(said.at(-1)).toMatchObject({ kind: 'failed', id: 1, error: { code: 'invalid_input' } })
    const broken = served({ suggest: async () => Promise.reject(new TypeError('x is not a function')) })
    await broken.send(asking(1))
    expect(broken.said.at(-1)).toMatchObject({ kind: 'failed', error: { code: 'internal' } })
  })

  it('stops the question that it is told to, no other', async () => {
    let stop: () => void = () => undefined
    const fake = fakeSelector(candidatesOf(12), { beforeBatch: (done) => void (done === 4 && stop()) })
    const { send, ends } = served(fake.selector)
    stop = () => void send({ kind: 'cancel', id: 99 })
    await send(asking(1))
    expect(ends()).toEqual(['answer 1'])
    const other = fakeSelector(candidatesOf(12), { beforeBatch: (done) => void (done === 4 && stop()) })
    const second = served(other.selector)
    stop = () => void second.send({ kind: 'cancel', id: 1 })
    await second.send(asking(1))
    expect(second.ends()).toEqual(['stopped 1'])
    expect(other.log.filter((line) => line.startsWith('look'))).toEqual(['look 4', 'look 4'])
  })

  it('begins a question when the one before has ended, and skips those that came between', async () => {
    const running = new Set<string>()
    const overlaps: string[] = []
    const done: string[] = []
    const selector: Pick<Selector, 'suggest'> = {
      async suggest({ question }, { signal }) {
        if (running.size > 0) overlaps.push(question)
        running.add(question)
        // Slow to hear: it ends a while after it was told to.
        for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
        running.delete(question)
        signal.throwIfAborted()
        done.push(question)
        throw new AppError('not_found', 'nothing here')
      },
    }
    const { send, ends } = served(selector)
    await Promise.all([send(asking(1, 'one')), send(asking(2, 'two')), send(asking(3, 'three'))])
    expect(ends()).toEqual(['stopped 1', 'stopped 2', 'failed 3'])
    expect([done, overlaps]).toEqual([['three'], []])
  })
})
