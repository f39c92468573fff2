import { describe, expect, it } from 'vitest'
import { canonicalJson, type JsonObject } from '@/core/formats/json'
import { readCremaRow } from './row'
import { upgradeCremaRow } from './upgrade'

const fresh = { verdict: 'unseen', reasons: [] }
const document: JsonObject = {
  question: { ...fresh, id: 'question', type: 'question', text: 'Why?' },
  answer: { ...fresh, id: 'answer', type: 'answer', text: 'So.', options: [], correctIndex: null, sufficiency: 'unseen' },
  task: { ...fresh, id: 'task', type: 'task', task: null },
}
const row = (changes: JsonObject = {}): JsonObject => ({
  schema: 'crema.sample/v1',
  externalId: 'a',
  video: { name: 'a.mp4' },
  document,
  ...changes,
})

describe('a line', () => {
  it('needs no more than schema, id, video and document', () => {
    const read = readCremaRow(row())
    expect(read).toMatchObject({
      ok: true,
      value: { document, draft: document, video: { name: 'a.mp4', sha256: null }, review: null, provenance: {} },
    })
  })

  it('keeps unknown fields, and its own extra', () => {
    expect(readCremaRow(row({ mine: [1], extra: { theirs: 2 } }))).toMatchObject({ ok: true, value: { extra: { mine: [1], theirs: 2 } } })
  })

  it.each<[string, JsonObject, string]>([
    ['no id', { externalId: null }, 'externalId'],
    ['a bad record', { document: { ...document, f1: { type: 'coreFrame' } } }, 'document.f1'],
    [
      'a box without its frame',
      {
        document: {
          ...document,
          o1: { ...fresh, id: 'o1', type: 'object', order: 1, phrase: 'x' },
          b1: {
            ...fresh,
            id: 'b1',
            type: 'box',
            objectId: 'o1',
            frameId: 'f9',
            rect: { x: 0, y: 0, w: 1, h: 1 },
            score: null,
            agreement: null,
          },
        },
      },
      'document.b1',
    ],
    ['a draft that is no document', { draft: { question: 5 } }, 'draft'],
    ['a number for the video', { video: 5 }, 'video'],
  ])('with %s is refused by field', (_name, changes, field) => {
    const read = readCremaRow(row(changes))
    expect(read.ok).toBe(false)
    if (!read.ok) expect(read.problems.some((problem) => problem.field.startsWith(field))).toBe(true)
  })
})

describe('versions', () => {
  it('newer than known are refused with the way out, others by what was found', () => {
    expect(readCremaRow(row({ schema: 'crema.sample/v2' }))).toMatchObject({
      ok: false,
      problems: [{ field: 'schema', message: expect.stringContaining('Update Crema') }],
    })
    expect(readCremaRow(row({ schema: 'other' }))).toMatchObject({ ok: false, problems: [{ field: 'schema' }] })
    expect(readCremaRow({ question: 'q' })).toMatchObject({
      ok: false,
      problems: [{ field: 'schema', message: expect.stringContaining('videoespresso') }],
    })
  })

  it('older than known climb step by step', () => {
    const steps = new Map([[0, (old: JsonObject) => ({ ...old, externalId: old.id ?? 'none' })]])
    const lifted = upgradeCremaRow({ schema: 'crema.sample/v0', id: 'old' }, steps)
    expect(lifted).toMatchObject({ ok: true, value: { schema: 'crema.sample/v1', externalId: 'old' } })
    expect(upgradeCremaRow({ schema: 'crema.sample/v0' })).toMatchObject({ ok: false })
    expect(canonicalJson(lifted)).toContain('crema.sample/v1')
  })
})
