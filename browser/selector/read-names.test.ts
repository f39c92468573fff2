import { describe, expect, it, vi } from 'vitest'
import { ANCHOR_TEXTS, textOfPhrase } from '@/core/selection/signals/similar-labels'
import { readNames } from './read-names'
import type { SelectorRuntime } from './runtime'
import { candidatesOf, fakeSelector } from './selector.fixture'
import type { KeptTable } from './selector-cache'
import type { SelectorProgress } from './selector-types'
import { startStopwatch } from './stopwatch'

const DOG = ANCHOR_TEXTS.indexOf(textOfPhrase('dog'))

/** A doggo is where the dog is, every other text somewhere else. */
function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(ANCHOR_TEXTS.length + 1)
  const place = ANCHOR_TEXTS.indexOf(text)
  vector[text === textOfPhrase('doggo') ? DOG : place < 0 ? ANCHOR_TEXTS.length : place] = 1
  return vector
}

const table = (): KeptTable => ({ entries: new Map(), save: async () => undefined })

function opened(kind: 'webgpu' | 'wasm' = 'wasm') {
  const asked: number[] = []
  const encoder = vi.fn(async () => ({
    sha256: 'e',
    embed: async (texts: readonly string[]) => {
      asked.push(texts.length)
      return texts.map(vectorOf)
    },
  }))
  const tables = { names: table(), texts: table() }
  const progress: SelectorProgress[] = []
  const control = new AbortController()
  const call = { signal: control.signal, onProgress: (each: SelectorProgress) => void progress.push(each) }
  // What is used of it.
  const runtime = { facts: { kind }, encoder } as unknown as SelectorRuntime
  const ask = (...phrases: string[]) => readNames({ phrases, question: null, tables, call, watch: startStopwatch(() => 0) }, runtime)
  return { ask, asked, encoder, tables, progress, control }
}

describe('names that no table knows', () => {
  it('are compared with every anchor, a batch at a time', async () => {
    const { ask, asked, progress } = opened()
    expect([...(await ask('doggo', 'gizmo'))]).toEqual([['doggo', { label: 'dog', cosine: 1 }]])
    expect(asked.reduce((sum, count) => sum + count, 0)).toBe(ANCHOR_TEXTS.length + 2)
    expect(Math.max(...asked)).toBe(32)
    expect(progress.at(0)).toEqual({ phase: 'text', done: 0, total: ANCHOR_TEXTS.length })
    expect(progress.at(-1)).toEqual({ phase: 'text', done: 2, total: 2 })
  })

  it('are many at once on a card', async () => {
    const { ask, asked } = opened('webgpu')
    await ask('doggo')
    expect(Math.max(...asked)).toBe(256)
  })

  it('cost one text later on, and nothing when they were asked before', async () => {
    const { ask, asked, encoder } = opened()
    await ask('doggo')
    asked.length = 0
    expect((await ask('gizmo')).size).toBe(0)
    expect(asked).toEqual([1])
    encoder.mockClear()
    expect((await ask('doggo')).size).toBe(1)
    expect(encoder).not.toHaveBeenCalled()
  })

  it('leave only what all names are compared with in the table of anchors', async () => {
    const { ask, tables } = opened()
    await ask('doggo')
    expect([...tables.names.entries.keys()]).toEqual(ANCHOR_TEXTS)
    expect([...tables.texts.entries.keys()]).toEqual([textOfPhrase('doggo')])
  })

  it('can be called off, and go on where they were', async () => {
    const { ask, asked, control, tables, encoder } = opened()
    encoder.mockImplementationOnce(async () => ({
      sha256: 'e',
      embed: async (texts) => {
        if (tables.names.entries.size > 0) control.abort()
        return texts.map(vectorOf)
      },
    }))
    await expect(ask('doggo')).rejects.toMatchObject({ name: 'AbortError' })
    expect(tables.names.entries.size).toBe(64)
    const second = opened()
    for (const [text, entry] of tables.names.entries) second.tables.names.entries.set(text, entry)
    await second.ask('doggo')
    expect(second.asked.reduce((sum, count) => sum + count, 0)).toBe(ANCHOR_TEXTS.length - 64 + 1)
    expect(asked).toEqual([])
  })
})

describe('in a question', () => {
  const OBJECTS = { weights: { text: 1, objects: 1, vision: 0 } }
  const count = (log: readonly string[]) => log.flatMap((line) => (line.startsWith('embed ') ? [Number(line.slice(6))] : []))

  it('the encoder is asked for a name in no table, and for the anchors once, whatever the video', async () => {
    const { ask, log } = fakeSelector(candidatesOf(3, ['', '', '']))
    const first = await ask('Does the gizmo see the dog?', OBJECTS)
    expect(count(log).reduce((sum, each) => sum + each, 0)).toBe(ANCHOR_TEXTS.length + 2)
    expect(first.notes.join('\n')).toContain('does not know it: “gizmo”')
    log.length = 0
    await ask('Does the widget see the dog?', OBJECTS)
    // The name and the question in one run.
    expect(count(log)).toEqual([2])
  })

  it('nothing is asked for everyday things that are no label', async () => {
    const { ask, log } = fakeSelector(candidatesOf(3))
    await ask('Is the dog near the lighthouse?', { weights: { text: 0, objects: 1, vision: 0 } })
    expect(count(log)).toEqual([])
  })

  it('is refused when nothing in it can be looked for, after the encoder was asked', async () => {
    const { ask, log } = fakeSelector(candidatesOf(3))
    const asked = ask('Where is the gizmo?', { weights: { text: 0, objects: 1, vision: 0 } })
    await expect(asked).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('names nothing') })
    expect(log.some((line) => line.startsWith('look'))).toBe(false)
  })
})
