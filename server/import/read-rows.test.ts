import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readRows } from './read-rows'
import { type RowText, splitRows } from './split-rows'

const folder = mkdtempSync(path.join(tmpdir(), 'crema-rows-'))

async function read(content: string | Buffer) {
  const file = path.join(folder, 'x.json')
  writeFileSync(file, content)
  const rows: [number, unknown][] = []
  for await (const { row, value, problem } of readRows(file, 'x.json'))
    rows.push([row, problem === null ? value : [problem.field, problem.code]])
  return rows
}

async function* pieces(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1)
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function split(text: string, sizes: readonly number[], kind: 'array' | 'lines'): Promise<unknown[]> {
  const rows: RowText[] = []
  for await (const row of splitRows(pieces(text, sizes), 'x', kind)) rows.push(row)
  return rows.map((row) => JSON.parse(row.text ?? 'null'))
}

test('rows are the same however the bytes arrive, as a list and as lines', async () => {
  const rows = fc.array(
    fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })).map((value) => JSON.parse(JSON.stringify(value))),
    { maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.array(fc.nat(40), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(undefined, 1, '\t'),
      async (values, sizes, indent) => {
        expect(await split(JSON.stringify(values, null, indent), sizes, 'array')).toEqual(values)
        expect(await split(values.map((value) => `${JSON.stringify(value)}\r\n`).join('\n'), sizes, 'lines')).toEqual(values)
      },
    ),
    { numRuns: 150 },
  )
})

describe('a bad row costs that row', () => {
  it.each<[string, string, [number, unknown][]]>([
    [
      'NaN',
      '[{"a":1},{"b":[1,NaN]},{"c":2}]',
      [
        [1, { a: 1 }],
        [2, ['b', 'bad_row']],
        [3, { c: 2 }],
      ],
    ],
    [
      'no object',
      '[5,[1],"x",null,{"a":1}]',
      [
        [1, ['', 'bad_row']],
        [2, ['', 'bad_row']],
        [3, ['', 'bad_row']],
        [4, ['', 'bad_row']],
        [5, { a: 1 }],
      ],
    ],
    [
      '__proto__, escaped too',
      '[{"__proto__":{}},{"x":{"\\u005f_proto__":1}},{"a":"__proto__"}]',
      [
        [1, ['__proto__', 'bad_row']],
        [2, ['x.__proto__', 'bad_row']],
        [3, { a: '__proto__' }],
      ],
    ],
    [
      'what PostgreSQL cannot store',
      '[{"z":["\\u0000"]},{"y":"\\ud800"},{"ok":"\\ud83d\\ude00"}]',
      [
        [1, ['z[0]', 'bad_row']],
        [2, ['y', 'bad_row']],
        [3, { ok: '😀' }],
      ],
    ],
    [
      'nesting',
      `[{"a":${'['.repeat(5000)}${']'.repeat(5000)}},{"a":1}]`,
      [
        [1, ['', 'limit_exceeded']],
        [2, { a: 1 }],
      ],
    ],
    [
      'size',
      `[{"a":"${'x'.repeat(9_000_000)}"},{"a":1}]`,
      [
        [1, ['', 'limit_exceeded']],
        [2, { a: 1 }],
      ],
    ],
    [
      'a broken line',
      '{"a":1}\n{"b":\n\n{"c":3}',
      [
        [1, { a: 1 }],
        [2, ['b', 'bad_row']],
        [3, { c: 3 }],
      ],
    ],
    [
      'a line too long',
      `{"a":"${'x'.repeat(9_000_000)}"}\n{"a":1}`,
      [
        [1, ['', 'limit_exceeded']],
        [2, { a: 1 }],
      ],
    ],
  ])('%s', async (_name, content, rows) => {
    expect(await read(content)).toEqual(rows)
  })

  it('bytes that are no UTF-8', async () => {
    expect(await read(Buffer.concat([Buffer.from('[{"a":"'), Buffer.from([0xe9]), Buffer.from('"},{"b":1}]')]))).toEqual([
      [1, ['', 'bad_row']],
      [2, { b: 1 }],
    ])
  })
})

describe('a file', () => {
  it('may begin with a byte order mark, be an empty list, or end without a newline', async () => {
    expect(await read('\ufeff [ {"a":1} ] \n')).toEqual([[1, { a: 1 }]])
    expect(await read(' [] ')).toEqual([])
    expect(await read('\ufeff{"a":1}')).toEqual([[1, { a: 1 }]])
  })

  it.each<[string, string | Buffer, string]>([
    ['empty', '', 'empty'],
    ['no JSON', 'hello', 'begins with “h”'],
    ['a text', '"x"', 'list of rows'],
    ['one object over lines', '{\n "data": [{"a":1}]\n}', 'one object'],
    ['cut off', '[{"a":1},{"b":', 'after 2 rows'],
    ['followed by something', '[{"a":1}] x', 'after 1 rows'],
    ['with a row missing', '[{"a":1},,{"b":2}]', 'row is missing'],
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0]), 'gzip'],
    ['UTF-16', Buffer.from('\ufeff[{}]', 'utf16le'), 'UTF-8'],
  ])('%s is refused in words', async (_name, content, words) => {
    await expect(read(content)).rejects.toMatchObject({ code: 'bad_file', message: expect.stringContaining(words) })
  })

  it('that is not there is missing', async () => {
    await expect(readRows('/nowhere/x.json', 'x.json').next()).rejects.toMatchObject({ code: 'missing_file' })
  })
})
