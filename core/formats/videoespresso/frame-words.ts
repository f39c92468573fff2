/**
 * Which core frames a sentence names: "in the second image", "frame 3", "the last frame", "frame 480" (a file stem).
 * The released files do not say on which core frame a box lies; these words are the only hint inside the text.
 */

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const CARDINALS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const NOUN = '(?:core |key ?)?(?:frame|image|picture|still|keyframe)s?'

const BEFORE = new RegExp(`\\b(${[...ORDINALS, 'last', 'final'].join('|')}|\\d{1,3}(?:st|nd|rd|th))\\s+${NOUN}\\b`, 'gi')
const AFTER = new RegExp(`\\b${NOUN}\\s*(?:#|no\\.?\\s*)?(\\d{1,9}|${CARDINALS.join('|')})\\b`, 'gi')

function numberOf(word: string, count: number): number {
  const lower = word.toLowerCase()
  if (lower === 'last' || lower === 'final') return count
  const named = Math.max(ORDINALS.indexOf(lower), CARDINALS.indexOf(lower))
  return named >= 0 ? named + 1 : Number.parseInt(lower, 10)
}

/** A frame named in a text: `at` = character, `position` = 0-based among the core frames by order. */
export type NamedFrame = { readonly at: number; readonly position: number }

/** Every frame a sentence names, in reading order. A number beyond the count is looked up among `stems` (one a core frame). */
export function framesNamedIn(sentence: string, stems: readonly string[]): NamedFrame[] {
  const found: NamedFrame[] = []
  const add = (at: number, word: string) => {
    const number = numberOf(word, stems.length)
    const position = number >= 1 && number <= stems.length ? number - 1 : stems.indexOf(word)
    if (position >= 0) found.push({ at, position })
  }
  for (const match of sentence.matchAll(BEFORE)) add(match.index, match[1] ?? '')
  for (const match of sentence.matchAll(AFTER)) add(match.index, match[1] ?? '')
  return found.sort((a, b) => a.at - b.at)
}
