/** Reads the rows of an annotation file one by one, in bounded memory. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { AppError } from '@/core/errors'
import { isJsonObject, type Json, type JsonObject } from '@/core/formats/json'
import type { RowProblem } from '@/core/formats/row-problem'
import { splitRows } from './split-rows'

/** `row` counts from 1. Either the parsed object or what is wrong with it. */
export type ReadRow =
  | { readonly row: number; readonly value: JsonObject; readonly problem: null }
  | { readonly row: number; readonly value: null; readonly problem: RowProblem }

const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const HEAD_BYTES = 4096
const CHUNK_BYTES = 256 * 1024

/** Whether every bracket of a line is closed, texts left aside. */
function isClosed(line: string): boolean {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, '')
  return (bare.match(/[[{]/g)?.length ?? 0) <= (bare.match(/[\]}]/g)?.length ?? 0)
}

/** What the first bytes say: a list, lines of objects, or neither. Throws AppError bad_file in words. */
async function sniffKind(path: string, file: string): Promise<{ kind: 'array' | 'lines'; start: number }> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const head = buffer.subarray(0, bytesRead)
    if (bytesRead === 0) throw new AppError('bad_file', `${file} is empty. Give a JSON list of rows, or one row a line.`, { file })
    if (head[0] === 0x1f && head[1] === 0x8b) throw new AppError('bad_file', `${file} is compressed (gzip). Unpack it first.`, { file })
    const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
    if (isWide || head.includes(0)) throw new AppError('bad_file', `${file} is not UTF-8 text. Save it as UTF-8 JSON.`, { file })
    const start = head.subarray(0, 3).equals(BOM) ? 3 : 0
    const text = head.subarray(start).toString('utf8').trimStart()
    // An object at the top is a line of JSONL unless its first line leaves it open; all else is judged by the list reader.
    const end = text.indexOf('\n')
    const isOneObject = text.startsWith('{') && end >= 0 && !isClosed(text.slice(0, end))
    if (isOneObject)
      throw new AppError(
        'bad_file',
        `${file} holds one object spread over lines; a list of rows is expected at the top, or one row a line.`,
        { file },
      )
    return { kind: text.startsWith('{') ? 'lines' : 'array', start }
  } finally {
    await handle.close()
  }
}

/** The key nearest before a position of a row's text, to name the field of a syntax error. */
function keyBefore(text: string, position: number): string {
  const keys = [...text.slice(Math.max(0, position - 2000), position + 1).matchAll(/"((?:[^"\\]|\\.){1,80})"\s*:/g)]
  return keys.at(-1)?.[1] ?? ''
}

function syntaxProblem(text: string, thrown: unknown): RowProblem {
  const position = Number(/position (\d+)/.exec(String(thrown))?.[1] ?? text.length)
  const bare = /(?:NaN|-?Infinity|None|True|False|undefined)/.exec(text.slice(Math.max(0, position - 9), position + 12))?.[0]
  const field = keyBefore(text, position)
  if (bare !== undefined)
    return {
      field,
      code: 'bad_row',
      message: `${bare} is not JSON; write null or a plain value (json.dumps(…, allow_nan=False) finds such rows).`,
    }
  // Whole characters only, whichever half of one the cut met.
  const shown = text
    .slice(Math.max(0, position - 10), position + 20)
    .replace(/\s+/g, ' ')
    .replace(/\p{Surrogate}/gu, '')
  return { field, code: 'bad_row', message: `The row is no valid JSON near character ${position + 1} (“${shown}”).` }
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair; `__proto__` never is a field. Finds the first such place. */
function unstorable(value: Json, path: string): RowProblem | null {
  if (typeof value === 'string') {
    if (value.includes('\u0000'))
      return { field: path, code: 'bad_row', message: 'The text holds a NUL character, which cannot be stored. Remove it.' }
    return /\p{Surrogate}/u.test(value)
      ? { field: path, code: 'bad_row', message: 'The text holds half of a surrogate pair (broken UTF-16). Write it again as UTF-8.' }
      : null
  }
  if (typeof value !== 'object' || value === null) return null
  for (const [key, member] of Object.entries(value)) {
    const below = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`
    if (key === '__proto__') return { field: below, code: 'bad_row', message: 'A field may not be called __proto__. Rename or remove it.' }
    const found = unstorable(key, below) ?? unstorable(member, below)
    if (found !== null) return found
  }
  return null
}

/** Texts of a row that need a closer look: a key `__proto__`, NUL or a surrogate, written out or escaped. */
const SUSPICIOUS = /__proto__|\\u0000|\\u005f|\\u[dD][89a-fA-F]/i

function parseRow(row: number, text: string): ReadRow {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    return { row, value: null, problem: syntaxProblem(text, thrown) }
  }
  if (!isJsonObject(value)) {
    const shown = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`
    return {
      row,
      value: null,
      problem: { field: '', code: 'bad_row', message: `The row is ${shown}; an object with named fields is expected.` },
    }
  }
  const problem = SUSPICIOUS.test(text) ? unstorable(value, '') : null
  return problem === null ? { row, value, problem } : { row, value: null, problem }
}

/**
 * Every row of the file in order.
 *
 * @param path where the bytes are; @param file the name shown to people
 * @throws AppError bad_file when the file as a whole cannot be read on, naming the row reached; missing_file
 */
export async function* readRows(path: string, file: string, signal?: AbortSignal): AsyncGenerator<ReadRow> {
  const { kind, start } = await sniffKind(path, file).catch((thrown: unknown) => {
    throw thrown instanceof AppError
      ? thrown
      : new AppError('missing_file', `${file} cannot be opened. Check the path and its rights.`, { file }, { cause: thrown })
  })
  const stream = createReadStream(path, { start, highWaterMark: CHUNK_BYTES })
  try {
    for await (const part of splitRows(stream, file, kind)) {
      signal?.throwIfAborted()
      if (part.text === null) yield { row: part.row, value: null, problem: part.problem }
      else yield parseRow(part.row, part.text)
    }
  } finally {
    stream.destroy()
  }
}
