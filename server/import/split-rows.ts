/**
 * Cuts an annotation file into the texts of its rows without ever holding more than one row: a JSON array of objects, or
 * one object a line. A general streaming parser was weighed and refused: it builds values before their size is known, and
 * one `NaN` in one row ends the whole file for it. Here a row is found by its brackets alone and parsed by itself, so a bad
 * row costs that row, and limits hold before anything is built.
 */
import { isUtf8 } from 'node:buffer'
import { AppError } from '@/core/errors'
import type { RowProblem } from '@/core/formats/row-problem'

export const ROW_LIMITS = { maxRowBytes: 8 * 1024 * 1024, maxDepth: 64 } as const

/** `row` counts from 1 and includes refused rows. `text` is the row's JSON; `problem` stands in its place when it was too big or deep. */
export type RowText =
  | { readonly row: number; readonly text: string; readonly problem: null }
  | { readonly row: number; readonly text: null; readonly problem: RowProblem }

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const COMMA = 0x2c
const NEWLINE = 0x0a

const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09

type Limits = { readonly maxRowBytes: number; readonly maxDepth: number }

/** Collects the bytes of one row; beyond the limit they are counted but not kept. */
class RowBuffer {
  private parts: Buffer[] = []
  private bytes = 0
  isTooBig = false

  constructor(private readonly limits: Limits) {}

  add(part: Buffer): void {
    this.bytes += part.length
    if (this.bytes > this.limits.maxRowBytes) {
      this.isTooBig = true
      this.parts = []
    } else if (part.length > 0) this.parts.push(part)
  }

  /** The row's text, or null when its bytes are no UTF-8. */
  take(): string | null {
    const all = Buffer.concat(this.parts)
    this.parts = []
    this.bytes = 0
    this.isTooBig = false
    return isUtf8(all) ? all.toString('utf8') : null
  }
}

const wholeRow = (code: RowProblem['code'], message: string): RowProblem => ({ field: '', code, message })
const NOT_UTF8 = wholeRow('bad_row', 'The row is not UTF-8 text. Save the file as UTF-8.')
const tooBig = (limits: Limits) =>
  wholeRow('limit_exceeded', `The row is larger than ${Math.round(limits.maxRowBytes / 1024 / 1024)} MiB. Shorten its texts or split it.`)
const tooDeep = (limits: Limits) => wholeRow('limit_exceeded', `The row nests deeper than ${limits.maxDepth} levels. Flatten it.`)

/** Splits chunks of bytes of one file. `file` names it in errors. */
export async function* splitRows(
  chunks: AsyncIterable<Buffer>,
  file: string,
  kind: 'array' | 'lines',
  limits: Limits = ROW_LIMITS,
): AsyncGenerator<RowText> {
  yield* kind === 'lines' ? splitLines(chunks, limits) : splitArray(chunks, file, limits)
}

async function* splitLines(chunks: AsyncIterable<Buffer>, limits: Limits): AsyncGenerator<RowText> {
  const buffer = new RowBuffer(limits)
  let row = 0
  const close = (): RowText | null => {
    const isTooBig = buffer.isTooBig
    const text = buffer.take()?.trim() ?? null
    if (text === '' && !isTooBig) return null
    row += 1
    if (isTooBig) return { row, text: null, problem: tooBig(limits) }
    if (text === null) return { row, text, problem: NOT_UTF8 }
    return depthOf(text) > limits.maxDepth ? { row, text: null, problem: tooDeep(limits) } : { row, text, problem: null }
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      buffer.add(chunk.subarray(from, at))
      const done = close()
      if (done !== null) yield done
      from = at + 1
    }
    buffer.add(chunk.subarray(from))
  }
  const last = close()
  if (last !== null) yield last
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === OPEN_OBJECT || code === OPEN_LIST) deepest = Math.max(deepest, ++depth)
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth--
  }
  return deepest
}

type Place = 'before' | 'value-or-end' | 'value' | 'in-row' | 'after'
const FIRST_PLACE = (): Place => 'before'

async function* splitArray(chunks: AsyncIterable<Buffer>, file: string, limits: Limits): AsyncGenerator<RowText> {
  const buffer = new RowBuffer(limits)
  let place = FIRST_PLACE()
  let row = 0
  let depth = 0
  let deepest = 0
  let inString = false
  let isEscaped = false
  const broken = (what: string) =>
    new AppError('bad_file', `${file}: ${what} after ${row} rows. The file is cut off or is no JSON; write it again.`, { file, row })
  const close = (): RowText => {
    const problem = buffer.isTooBig ? tooBig(limits) : deepest > limits.maxDepth ? tooDeep(limits) : null
    const text = buffer.take()
    if (problem !== null) return { row, text: null, problem }
    return text === null ? { row, text, problem: NOT_UTF8 } : { row, text, problem: null }
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0
      if (place === 'in-row') {
        if (inString) {
          if (isEscaped) isEscaped = false
          else if (byte === BACKSLASH) isEscaped = true
          else if (byte === QUOTE) inString = false
          continue
        }
        if (byte === QUOTE) inString = true
        else if (byte === OPEN_OBJECT || byte === OPEN_LIST) deepest = Math.max(deepest, ++depth)
        else if (depth > 0 && (byte === CLOSE_OBJECT || byte === CLOSE_LIST)) depth--
        else if (depth === 0 && (byte === COMMA || byte === CLOSE_LIST)) {
          buffer.add(chunk.subarray(from, at))
          yield close()
          place = byte === COMMA ? 'value' : 'after'
        }
        continue
      }
      if (isSpace(byte)) continue
      if (place === 'before') {
        if (byte !== OPEN_LIST) throw notAList(file, byte)
        place = 'value-or-end'
      } else if (place === 'value-or-end' && byte === CLOSE_LIST) place = 'after'
      else if (place === 'value-or-end' || place === 'value') {
        if (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT) throw broken('A row is missing')
        place = 'in-row'
        row += 1
        depth = byte === OPEN_OBJECT || byte === OPEN_LIST ? 1 : 0
        deepest = depth
        inString = byte === QUOTE
        isEscaped = false
        from = at
      } else throw broken('Something follows the end of the list')
    }
    if (place === 'in-row') buffer.add(chunk.subarray(from))
  }
  if (place === 'before') throw new AppError('bad_file', `${file} is empty. Give a JSON list of rows, or one row a line.`, { file })
  if (place !== 'after') throw broken('The list ends in the middle')
}

function notAList(file: string, byte: number): AppError {
  const shown = byte === OPEN_OBJECT ? 'one object' : `“${String.fromCharCode(byte)}”`
  return new AppError(
    'bad_file',
    `${file} begins with ${shown}; a list of rows is expected at the top ("[ {…}, {…} ]"), or one row a line.`,
    { file },
  )
}
