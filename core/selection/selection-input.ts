/** The one door for vectors: JSON and typed arrays are checked alike before a method sees them. */
import { AppError } from '../errors'
import type { Vector } from './similarity'

/**
 * `query` = embedding of the question; `frames` = one a candidate frame, in time order; `captions` = of the frames' captions;
 * `timeSec` = times of the frames in seconds. All vectors of unit length.
 */
export type SelectionInput = {
  readonly query: Vector
  readonly frames: readonly Vector[]
  readonly captions?: readonly Vector[] | undefined
  readonly timeSec?: readonly number[] | undefined
}

/** An input as it comes: from a file, a message, a model. */
export type UncheckedInput = { readonly [Field in keyof SelectionInput]?: unknown }
/** What a method sees beside the relevance: times are filled in. */
export type Candidates = Omit<SelectionInput, 'query' | 'timeSec'> & { readonly timeSec: readonly number[] }
type CheckedInput = Candidates & Pick<SelectionInput, 'query'>
/** Candidates with their relevance, finite numbers, one a frame. `captions` may be of another model than `frames`. */
export type ScoredInput = Candidates & { readonly scores: readonly number[] }

/** A vector may be off unit length by this much: a float32 row of 1,024 numbers is rounded that far. */
const UNIT_TOLERANCE = 1e-3

function refusal(message: string, details: { readonly field: string; readonly row?: number }): AppError {
  return new AppError('invalid_input', message, details)
}

/** `row` = position in the list, from 0; null for the query. */
function checkVector(value: unknown, field: string, row: number | null): Vector {
  const name = row === null ? field : `${field}[${row}]`
  const details = row === null ? { field } : { field, row }
  if (!Array.isArray(value) && !(value instanceof Float32Array)) throw refusal(`${name} is not a list of numbers.`, details)
  const numbers: Vector = value
  if (numbers.length === 0) throw refusal(`${name} is empty; give the numbers of an embedding.`, details)
  let square = 0
  for (let at = 0; at < numbers.length; at += 1) {
    const number: unknown = numbers[at]
    if (typeof number !== 'number' || !Number.isFinite(number)) {
      throw refusal(`${name}[${at}] is not a finite number; embed the text or picture again.`, details)
    }
    square += number ** 2
  }
  const length = Math.sqrt(square)
  if (Math.abs(length - 1) > UNIT_TOLERANCE) {
    throw refusal(`${name} has length ${length.toPrecision(4)}, not 1; divide the vector by its length.`, details)
  }
  return numbers
}

/** Rows as long as `dimensions`; null = as long as the first row. */
function checkVectors(value: unknown, field: string, dimensions: number | null): Vector[] {
  if (!Array.isArray(value)) throw refusal(`${field} is not a list of vectors.`, { field })
  const rows = Array.from(value, (row: unknown, at) => checkVector(row, field, at))
  const wanted = dimensions ?? rows[0]?.length
  const wrong = rows.findIndex((row) => row.length !== wanted)
  if (wrong !== -1) {
    throw refusal(`${field}[${wrong}] has ${rows[wrong]?.length} numbers; ${wanted} are needed.`, { field, row: wrong })
  }
  return rows
}

function checkTimes(value: unknown): number[] {
  const field = 'timeSec'
  if (!Array.isArray(value)) throw refusal(`${field} is not a list of seconds.`, { field })
  const times: number[] = []
  for (const [row, time] of Array.from(value, (each: unknown) => each).entries()) {
    if (typeof time !== 'number' || !Number.isFinite(time)) throw refusal(`${field}[${row}] is not a finite number.`, { field, row })
    if (time < (times[row - 1] ?? Number.NEGATIVE_INFINITY)) {
      throw refusal(`${field}[${row}] is earlier than the frame before; give frames in time order.`, { field, row })
    }
    times.push(time)
  }
  return times
}

function checkCount(field: string, count: number, frames: number): void {
  if (count !== frames) throw refusal(`${field} has ${count} rows, but there are ${frames} frames.`, { field })
}

/**
 * Checks everything about an input, whatever it is. `usesCaptions`: the question is compared with captions, so that frames may be
 * embeddings of another model. O(n d), stops at the first thing that is wrong.
 *
 * @throws AppError `invalid_input`: not a list, empty, NaN or infinite, not of unit length, of different lengths, times that go
 *   back; `details` = field and row (from 0)
 */
export function checkInput(input: UncheckedInput, usesCaptions: boolean): CheckedInput {
  const query = checkVector(input.query, 'query', null)
  const frames = checkVectors(input.frames, 'frames', usesCaptions ? null : query.length)
  if (frames.length === 0) throw refusal('frames is empty; give at least one frame.', { field: 'frames' })
  if (usesCaptions && input.captions === undefined) {
    throw refusal('captions is missing; this method works on the embeddings of captions.', { field: 'captions' })
  }
  const captions = input.captions === undefined ? undefined : checkVectors(input.captions, 'captions', usesCaptions ? query.length : null)
  if (captions !== undefined) checkCount('captions', captions.length, frames.length)
  // Without times a frame a second, as the paper's videos were sampled.
  const timeSec = input.timeSec === undefined ? frames.map((_, index) => index) : checkTimes(input.timeSec)
  checkCount('timeSec', timeSec.length, frames.length)
  return { query, frames, captions, timeSec }
}

/**
 * Checks vectors, times and relevance of frames that were scored already. O(n d).
 *
 * @throws AppError `invalid_input` as `checkInput`, and for scores that are not finite or not one a frame
 */
export function checkScored({ scores, ...input }: ScoredInput, usesCaptions: boolean): Candidates {
  // Takes the place of the question: as long as its rows, so that only they are compared.
  const [query = [1]] = (usesCaptions ? input.captions : undefined) ?? input.frames
  const checked = checkInput({ ...input, query }, usesCaptions)
  checkCount('scores', scores.length, checked.frames.length)
  const row = scores.findIndex((score) => !Number.isFinite(score))
  if (row !== -1) throw refusal(`scores[${row}] is not a finite number.`, { field: 'scores', row })
  return checked
}
