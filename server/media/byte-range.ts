/** HTTP range requests (RFC 9110 §14) as a pure function. */

/** `end` inclusive. `whole` = answer 200 with everything; `unsatisfiable` = answer 416 with the size in Content-Range. */
export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' }

/**
 * What to send for a `Range` header on a file of `size` bytes.
 *
 * Malformed headers and other units are ignored, as the standard demands. Of several ranges only a single satisfiable one is
 * sent as a part; a real multi-range request gets the whole file (allowed, and no player asks for it).
 */
export function answerRange(header: string | null, size: number): RangeAnswer {
  const specs = parseSpecs(header)
  if (specs === null) return { kind: 'whole' }
  const parts = specs.flatMap((spec) => resolve(spec, size) ?? [])
  const [first] = parts
  if (first === undefined) return { kind: 'unsatisfiable' }
  return parts.length === 1 ? { kind: 'part', ...first } : { kind: 'whole' }
}

type Spec = { readonly first: number | null; readonly last: number | null }

const MAX_SPECS = 32

function parseSpecs(header: string | null): Spec[] | null {
  const match = /^\s*bytes\s*=\s*(.+)$/i.exec(header ?? '')
  const list = match?.[1]?.split(',').map((spec) => spec.trim())
  if (list === undefined || list.length > MAX_SPECS) return null
  const specs: Spec[] = []
  for (const text of list) {
    if (text === '') continue
    const [, first = '', last = ''] = /^(\d*)\s*-\s*(\d*)$/.exec(text) ?? []
    if (first === '' && last === '') return null
    const spec = { first: first === '' ? null : Number(first), last: last === '' ? null : Number(last) }
    if (spec.first !== null && spec.last !== null && spec.last < spec.first) return null
    specs.push(spec)
  }
  return specs.length > 0 ? specs : null
}

function resolve({ first, last }: Spec, size: number): { start: number; end: number } | null {
  if (first === null) {
    const length = Math.min(last ?? 0, size)
    return length > 0 ? { start: size - length, end: size - 1 } : null
  }
  return first < size ? { start: first, end: Math.min(last ?? size - 1, size - 1) } : null
}

/** Whether an `If-None-Match` header lists the tag (weak comparison). */
export function matchesTag(header: string | null, tag: string): boolean {
  if (header === null) return false
  if (header.trim() === '*') return true
  return header.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag)
}

/** Whether a `Range` header counts: without `If-Range`, or with exactly our (strong) tag. A date never matches. */
export function isRangeFresh(ifRange: string | null, tag: string): boolean {
  return ifRange === null || ifRange.trim() === tag
}
