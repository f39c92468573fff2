import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { diffDocuments, emptyDiff } from '@/core/diff'
import { actArbitrary, afterActs, reviewed } from '@/core/document.fixture'
import { editQuestion } from '@/core/edits-text'
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '@/core/formats/json'
import type { SampleDocument } from '@/core/records'
import { addCremaKey, type CremaKeyParts, readCremaKey } from './crema-key'
import { buildRow, RELEASED, writeRow } from './row.fixture'

/** Not a hash, but like one: 64 hex digits that change with every character. */
function digest(text: string): string {
  let state = 7n
  for (const char of text) state = (state * 1_099_511_628_211n + BigInt(char.codePointAt(0) ?? 0)) % (1n << 256n)
  return state.toString(16).padStart(64, '0')
}

const built = buildRow(RELEASED.benchmark)

function partsOf(document: SampleDocument, changes: Partial<CremaKeyParts> = {}): CremaKeyParts {
  return {
    externalId: 'xd/42',
    boxConvention: { name: 'cxcywh1000', how: 'default' },
    video: null,
    frames: [],
    document,
    changes: diffDocuments(built.document, document),
    provenance: built.provenance,
    flags: [],
    rowProblems: [],
    review: { state: 'fixed', decision: 'fix_approve', version: 3 },
    ...changes,
  }
}

/** The row as it stands in a file, after any trip through text. */
function rowOf(document: SampleDocument, changes: Partial<CremaKeyParts> = {}): JsonObject {
  const parsed: unknown = JSON.parse(JSON.stringify(addCremaKey(writeRow(built, document), partsOf(document, changes), digest)))
  if (!isJsonObject(parsed)) throw new Error('an object was expected')
  return parsed
}

const keyOf = (row: JsonObject): JsonObject => (isJsonObject(row.crema) ? row.crema : {})
const read = (row: JsonObject, key: Json = row.crema ?? null) => readCremaKey(key, row, digest)

describe('the key', () => {
  it('stands behind the fields of the released format', () => {
    expect(Object.keys(rowOf(built.document)).at(-1)).toBe('crema')
  })

  test('gives back document and draft, whatever a person did', () => {
    fc.assert(
      fc.property(fc.array(actArbitrary, { maxLength: 8 }), (acts) => {
        const document = afterActs(built.document, acts)
        expect(read(rowOf(document))).toMatchObject({ ok: true, value: { document, draft: built.document, isStale: false } })
      }),
      { numRuns: 100 },
    )
  })

  it('does not mind that a program sorted the fields of the row', () => {
    const row = rowOf(reviewed(built.document))
    expect(read(Object.fromEntries(Object.entries(row).reverse()))).toMatchObject({ ok: true, value: { isStale: false } })
    expect(read(JSON.parse(canonicalJson(row)))).toMatchObject({ ok: true, value: { isStale: false } })
  })

  it.each<[string, JsonObject]>([
    ['another question', { question: 'Why not?' }],
    ['a field more', { note: 'seen' }],
    ['another option', { options: ['(A): x'] }],
    ['a task gone', { task: null }],
  ])('knows that the row got %s', (_name, change) => {
    expect(read({ ...rowOf(built.document), ...change })).toMatchObject({ ok: true, value: { isStale: true } })
  })
})

describe('a key is refused at the very place', () => {
  const row = rowOf(editQuestion(built.document, 'How?'))
  const key = keyOf(row)
  const document = isJsonObject(key.document) ? key.document : {}
  const changes = isJsonObject(key.changes) ? key.changes : {}

  it.each<[string, Json, string]>([
    ['no object', 'yes', 'crema'],
    ['a list', [], 'crema'],
    ['a later version', { ...key, schema: 'crema.row/v2' }, 'crema.schema'],
    ['no version', { ...key, schema: null }, 'crema.schema'],
    ['a hash that is none', { ...key, rowSha256: 'x' }, 'crema.rowSha256'],
    ['a convention found nowhere', { ...key, boxConvention: { name: 'xyxypx', how: 'guessed' } }, 'crema.boxConvention.how'],
    ['a review of no state', { ...key, review: { state: 'great', decision: null, version: 0 } }, 'crema.review.state'],
    ['a document without its answer', { ...key, document: { question: document.question ?? null } }, 'crema.document'],
    ['a record of no type', { ...key, document: { ...document, o1: { id: 'o1' } } }, 'crema.document.o1.type'],
    ['changes from elsewhere', { ...key, changes: { ...changes, removed: { o1: document.o1 ?? null } } }, 'crema.changes'],
    ['no changes at all', { ...key, changes: null }, 'crema.changes'],
  ])('%s', (_name, value, field) => {
    const result = read(row, value)
    expect(result.ok ? [] : result.problems.map((problem) => problem.field)).toContain(field)
  })

  it('when its changes lead back to a draft that does not hold together', () => {
    // The frame is called new, so the draft would have its boxes without it.
    const added = { ...changes, added: { f1: document.f1 ?? null } }
    expect(read(row, { ...key, changes: added })).toMatchObject({
      ok: false,
      problems: [{ field: 'crema.changes.b1', message: expect.stringContaining('missing frame “f1”') }, { field: 'crema.changes.s1' }],
    })
  })

  it('but one with more fields than ours is read without them', () => {
    const result = read(row, { ...key, later: 'a field of a later build' })
    expect(result).toMatchObject({ ok: true })
    if (result.ok) expect(Object.keys(result.value)).not.toContain('later')
  })
})

it('a sample nobody changed has no changes', () => {
  const key = read(rowOf(built.document))
  expect(key).toMatchObject({ ok: true, value: { document: built.document, draft: built.document } })
  expect(keyOf(rowOf(built.document)).changes).toEqual(emptyDiff)
})
