/** JSON values as they come out of `JSON.parse`, and the one text form that hashes and exports use. */
import type { z } from 'zod'
import { keyOrderOf, quoteText } from './json-text'

export type Json = z.infer<z.ZodJSONSchema>
/** A JSON object: one row of a file, before anything is known of it. */
export type JsonObject = { [key: string]: Json }

/** Whether a value out of `JSON.parse` is an object (no list, no null). Its members are JSON because it came from JSON text. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * JSON text with the keys of every object in code-unit order and no spaces: equal values give equal text, on every machine,
 * whatever order jsonb or a source wrote them in. `undefined` members are left out, as `JSON.stringify` does.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoteText(value)
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : 'null'
  if (Array.isArray(value)) return listJson(value)
  return isJsonObject(value) ? objectJson(value) : (JSON.stringify(value) ?? 'null')
}

function listJson(items: readonly unknown[]): string {
  let text = '['
  for (let at = 0; at < items.length; at++) text += (at === 0 ? '' : ',') + canonicalJson(items[at] ?? null)
  return `${text}]`
}

function objectJson(value: JsonObject): string {
  const { keys, heads } = keyOrderOf(Object.keys(value))
  let text = ''
  for (let at = 0; at < keys.length; at++) {
    const member = value[keys[at] ?? '']
    if (member === undefined) continue
    const head = heads[at] ?? ''
    // The opening bracket stands before the first key, which may be one that is left out.
    text += (text === '' && at > 0 ? `{${head.slice(1)}` : head) + canonicalJson(member)
  }
  return text === '' ? '{}' : `${text}}`
}

/** The beginning of a text, marked when it was cut. Never half of a surrogate pair: such text can be stored nowhere. */
export function shorten(text: string, maxChars: number): string {
  return text.length > maxChars ? `${text.slice(0, maxChars).replace(/[\uD800-\uDBFF]$/, '')}…` : text
}

/** A short, one-line picture of a value for messages: never a whole file. */
export function describeValue(value: unknown, maxChars = 60): string {
  if (value === undefined) return 'nothing'
  const text =
    typeof value === 'string' ? JSON.stringify(value.slice(0, maxChars * 2)) : Array.isArray(value) ? listOf(value) : plain(value)
  return shorten(text, maxChars)
}

function listOf(value: readonly unknown[]): string {
  return `a list of ${value.length}`
}

function plain(value: unknown): string {
  return typeof value === 'object' && value !== null ? `an object with ${Object.keys(value).length} keys` : String(value)
}
