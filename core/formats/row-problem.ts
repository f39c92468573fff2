/** What is wrong with one row of an annotation file, in words a person can act on. */
import type { z } from 'zod'
import { AppError, type ErrorCode } from '@/core/errors'
import { describeValue, type Json } from './json'

/** `field` = path inside the row as the source spells it (`options[2]`), empty for the row as a whole. */
export type RowProblem = { readonly field: string; readonly code: ErrorCode; readonly message: string }

/** Either the parsed row or everything that is wrong with it; never both. */
export type RowResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly RowProblem[] }

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  tuple: 'a list',
  null: 'null',
}

/** `['options', 2]` → `options[2]`, with our field names replaced by the source's spelling. */
export function fieldPath(path: readonly PropertyKey[], spelling: Readonly<Record<string, string>> = {}): string {
  let text = ''
  path.forEach((part, position) => {
    if (typeof part === 'number') text += `[${part}]`
    else {
      const name = String(part)
      const shown = position === 0 && Object.hasOwn(spelling, name) ? (spelling[name] ?? name) : name
      text += text === '' ? shown : `.${shown}`
    }
  })
  return text
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value
  for (const part of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = Reflect.get(current, part)
  }
  return current
}

function sentenceOf(issue: z.core.$ZodIssue, found: unknown): { code: ErrorCode; message: string } {
  const shown = describeValue(found)
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined
        ? { code: 'bad_row', message: `The field is missing; give ${WORDS[issue.expected] ?? issue.expected}.` }
        : { code: 'bad_row', message: `Found ${shown}; give ${WORDS[issue.expected] ?? issue.expected}.` }
    case 'too_big':
      return typeof found === 'number'
        ? { code: 'limit_exceeded', message: `Found ${shown}; give at most ${issue.maximum}.` }
        : { code: 'limit_exceeded', message: `Found ${sizeOf(found)}; at most ${issue.maximum} are allowed. Shorten or split it.` }
    case 'too_small':
      return {
        code: 'bad_row',
        message: `Found ${shown}; ${typeof found === 'number' ? `give at least ${issue.minimum}` : 'it must not be empty'}.`,
      }
    case 'unrecognized_keys':
      return { code: 'bad_row', message: `The unknown key ${describeValue(issue.keys[0])} does not belong here; remove it.` }
    case 'invalid_union':
      return { code: 'bad_row', message: `Found ${shown}; this is none of the forms this field can have (docs/formats.md lists them).` }
    case 'invalid_value':
      return { code: 'bad_row', message: `Found ${shown}; give one of ${issue.values.slice(0, 12).map(String).join(', ')}.` }
    default:
      return { code: 'bad_row', message: `Found ${shown}: ${issue.message}.` }
  }
}

function sizeOf(value: unknown): string {
  if (typeof value === 'string') return `${value.length} characters`
  return Array.isArray(value) ? `${value.length} entries` : describeValue(value)
}

/** The issues of a refused parse as problems with field paths; at most `limit` of them. */
export function problemsOf(error: z.ZodError, row: unknown, spelling: Readonly<Record<string, string>> = {}, limit = 8): RowProblem[] {
  return error.issues
    .slice(0, limit)
    .map((issue) => ({ field: fieldPath(issue.path, spelling), ...sentenceOf(issue, valueAt(row, issue.path)) }))
}

/** The issues an `AppError` of `parseDocument` carries, as problems below `prefix`. Other errors are thrown on. */
export function problemsOfError(thrown: unknown, prefix: string): RowProblem[] {
  if (!(thrown instanceof AppError)) throw thrown
  const issues: Json[] = Array.isArray(thrown.details.issues) ? thrown.details.issues : []
  if (issues.length === 0) return [{ field: prefix, code: 'bad_row', message: thrown.message }]
  return issues.slice(0, 8).map((issue) => {
    const path = typeof issue === 'object' && issue !== null && 'path' in issue ? String(issue.path) : ''
    const message = typeof issue === 'object' && issue !== null && 'message' in issue ? String(issue.message) : thrown.message
    return { field: path === '' ? prefix : `${prefix}.${path}`, code: 'bad_row', message }
  })
}
