/**
 * Evidence text → ordered steps and back. A step ends after a sentence or a line; the white space that follows stays with
 * it, so joining all steps gives the text back exactly (the released files hold one running text).
 */
import type { Segment } from './tagged-text'

const BOUNDARY = /[.!?]+["'”’)\]]*(?:\s+|$)|[。！？]+["”』」]*\s*|\s*\n\s*/g

/** Words before a full stop that do not end a sentence. */
const ABBREVIATIONS: ReadonlySet<string> = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'st',
  'vs',
  'e.g',
  'i.e',
  'etc',
  'fig',
  'no',
  'prof',
  'approx',
])

/** Whether the stop at the end of `before` belongs to an abbreviation, an initial or the number of a list entry. */
function isNoSentenceEnd(before: string, isAtStepStart: boolean): boolean {
  const word = /([A-Za-z.]+|\d+)\s*$/.exec(before.replace(/[.!?]+["'”’)\]]*\s*$/, ''))?.[1] ?? ''
  if (ABBREVIATIONS.has(word.toLowerCase()) || /^[A-Z]$/.test(word)) return true
  return isAtStepStart && /^\s*(?:step\s*)?\(?\d{1,3}\)?$/i.test(before.replace(/[.!?]+\s*$/, ''))
}

/** Positions after which a new step begins, inside one plain run. `isAtStepStart` = nothing but this run is in the step yet. */
function cutsOf(raw: string, isAtStepStart: boolean): number[] {
  const cuts: number[] = []
  for (const match of raw.matchAll(BOUNDARY)) {
    const end = match.index + match[0].length
    const from = cuts.at(-1) ?? 0
    const isLine = match[0].includes('\n')
    const next = raw.slice(end, end + 2)
    // A stop is a sentence end only before white space; a lower-case word after it goes on with the sentence.
    const goesOn = /^[.!?]/.test(match[0]) && (end === match.index + match[0].trimEnd().length || /^[a-z]/.test(next))
    if (!isLine && (goesOn || isNoSentenceEnd(raw.slice(from, end), isAtStepStart || from > 0))) continue
    if (end > 0) cuts.push(end)
  }
  return cuts
}

function isBlank(segments: readonly Segment[]): boolean {
  return segments.every((segment) => segment.kind === 'text' && segment.raw.trim() === '')
}

/** The segments of each step. Blank ends are joined to the step before (or after) them. Empty text gives no steps. */
export function splitSteps(segments: readonly Segment[]): Segment[][] {
  const steps: Segment[][] = []
  let current: Segment[] = []
  const close = () => {
    const last = steps.at(-1)
    if (current.length === 0) return
    if (isBlank(current) && last !== undefined) last.push(...current)
    else steps.push(current)
    current = []
  }
  for (const segment of segments) {
    if (segment.kind === 'mention') {
      current.push(segment)
      continue
    }
    let at = 0
    for (const cut of cutsOf(segment.raw, isBlank(current))) {
      current.push({ kind: 'text', raw: segment.raw.slice(at, cut) })
      close()
      at = cut
    }
    if (at < segment.raw.length) current.push({ kind: 'text', raw: segment.raw.slice(at) })
  }
  close()
  const [first, second] = steps
  if (first !== undefined && second !== undefined && isBlank(first)) steps.splice(0, 2, [...first, ...second])
  return steps.length === 1 && isBlank(steps[0] ?? []) ? [] : steps
}

/** Joins step texts to one evidence text; a space only where an edit left two sentences touching. */
export function joinSteps(texts: readonly string[]): string {
  return texts.reduce((joined, text) => {
    const needsSpace = /[\w.!?;:,)\]>"']$/.test(joined) && /^[\w<("'[]/.test(text)
    return joined + (needsSpace ? ' ' : '') + text
  }, '')
}
