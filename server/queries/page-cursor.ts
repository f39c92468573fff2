/** Places in a list as opaque words, so that no screen builds on what is inside. */
import type { z } from 'zod'
import { AppError } from '@/core/errors'

const MAX_CURSOR = 8192

export function writeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** @throws AppError invalid_input for a cursor we did not make */
export function readCursor<T>(schema: z.ZodType<T>, cursor: string): T {
  const parsed = schema.safeParse(readJson(Buffer.from(cursor.slice(0, MAX_CURSOR), 'base64url').toString('utf8')))
  if (parsed.success) return parsed.data
  throw new AppError('invalid_input', 'This place in the list is not known. Open the list again from its beginning.', { field: 'after' })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
