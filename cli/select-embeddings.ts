/** `crema select --embeddings FILE`: vectors from a file, no model. */
import { readFile, stat } from 'node:fs/promises'
import { AppError } from '@/core/errors'
import { isJsonObject } from '@/core/formats/json'
import { type Selection, select } from '@/core/selection/select'
import type { UncheckedInput } from '@/core/selection/selection-input'
import type { SelectionMethod, SelectionOptions } from '@/core/selection/selection-options'

/** About 60,000 frames of 512 numbers; JavaScript cannot hold a much longer text. */
const MOST_BYTES = 400 * 2 ** 20

async function readText(file: string): Promise<string> {
  const missing = (cause: unknown) => {
    throw new AppError('missing_file', 'The file is not there or cannot be read.', {}, { cause })
  }
  const { size } = await stat(file).catch(missing)
  if (size > MOST_BYTES) throw new AppError('limit_exceeded', `The file has ${size} bytes; at most ${MOST_BYTES} are read.`, { size })
  return readFile(file, 'utf8').catch(missing)
}

/** Python writes NaN and Infinity, which JSON does not know. Read as a number out of range, so that the refusal can name the row. */
const readable = (text: string): string => text.replace(/-?\b(?:NaN|Infinity)\b/g, '1e999')

function parseJson(text: string): UncheckedInput {
  try {
    const value: unknown = JSON.parse(readable(text))
    if (isJsonObject(value)) return value
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : ''
    throw new AppError('bad_file', `This is not JSON: ${why}`, {}, { cause })
  }
  throw new AppError('bad_file', 'Give one object {"query": […], "frames": [[…], …]}.')
}

/** @throws AppError missing_file, limit_exceeded, bad_file, invalid_input naming field and row */
export async function selectFromFile(file: string, method: SelectionMethod, options: SelectionOptions): Promise<Selection> {
  return select(method, parseJson(await readText(file)), options)
}
