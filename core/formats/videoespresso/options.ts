/** Answer options as the benchmark writes them: `(A): text`, the right one named `(A)`. */

const LABEL = /^\s*\(?([A-Z])\)?\s*[:.)]\s*/

/** 0 → `A`. Options end at 25 = `Z`. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index)
}

/** Texts without labels when every option carries its own letter in order; otherwise the texts as they are. */
export function readOptions(options: readonly string[]): string[] {
  const isLabelled = options.length > 0 && options.every((option, index) => LABEL.exec(option)?.[1] === letterOf(index))
  return isLabelled ? options.map((option) => option.replace(LABEL, '')) : [...options]
}

/** Texts with their labels, as the benchmark writes them. */
export function writeOptions(options: readonly string[]): string[] {
  return options.map((option, index) => `(${letterOf(index)}): ${option}`)
}

/** A second letter after the first: `A, C`, `(A) and (C)`. */
const FURTHER_LETTER = /^\W*(?:(?:and|or)\W+)?[A-Za-z]\W*$/i

/**
 * Which option `correct_answer` means: `(B)`, `B`, `B.`, `(B): text`, or the text of one option. Null when none fits, or
 * when several are named: taking one of them would be a guess.
 */
export function readCorrectIndex(word: string, options: readonly string[]): number | null {
  const trimmed = word.trim()
  const [, letter = '', rest = ''] = /^\(?([A-Za-z])(?:\)?\s*|\)?\s*[:.)](.*))$/s.exec(trimmed) ?? []
  const index = letter === '' ? -1 : letter.toUpperCase().charCodeAt(0) - 65
  const isOne = !FURTHER_LETTER.test(rest) || rest.trim() === options[index]?.trim()
  if (isOne && index >= 0 && index < options.length) return index
  const byText = options.findIndex((option) => option.trim() === trimmed)
  return byText >= 0 ? byText : null
}

/** The right option as the benchmark names it. */
export function writeCorrect(index: number): string {
  return `(${letterOf(index)})`
}
