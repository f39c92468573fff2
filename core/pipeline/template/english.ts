/** The English that templates need: articles, plurals, small numbers. Nouns come lower-case and singular. */

/** Nouns whose plural is neither `s` nor `es` nor `ies`, and those that are plural already. Keys are whole words. */
const PLURALS: Readonly<Record<string, string>> = {
  person: 'people',
  man: 'men',
  woman: 'women',
  child: 'children',
  mouse: 'mice',
  sheep: 'sheep',
  knife: 'knives',
  goose: 'geese',
  calf: 'calves',
  thief: 'thieves',
  wife: 'wives',
  scissors: 'scissors',
  skis: 'skis',
  broccoli: 'broccoli',
  bus: 'buses',
  aircraft: 'aircraft',
}

/** Nouns that have no singular: they take no article and a plural verb. */
const PLURAL_ONLY: ReadonlySet<string> = new Set(['skis', 'scissors'])

/** Nouns that are not counted by `a`. */
const UNCOUNTED: ReadonlySet<string> = new Set(['broccoli'])

/** Written with a vowel but spoken with a consonant, and the other way round. */
const SPOKEN_LIKE_YOU = /^(?:uni|use|eu|one\b|once\b|ur[aeiou])/
const SILENT_H = /^(?:hour|honest|heir)/

const NUMBERS: readonly string[] = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** The plural of a noun; of a phrase its last word (`traffic lights`). */
export function pluralOf(noun: string): string {
  const cut = noun.lastIndexOf(' ') + 1
  const [before, word] = [noun.slice(0, cut), noun.slice(cut)]
  if (Object.hasOwn(PLURALS, word)) return `${before}${PLURALS[word]}`
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${before}${word}es`
  if (/[^aeiou]y$/.test(word)) return `${before}${word.slice(0, -1)}ies`
  return `${noun}s`
}

/** Whether the thing takes a plural verb even when there is one of it. */
export function isPluralOnly(noun: string): boolean {
  return PLURAL_ONLY.has(noun.slice(noun.lastIndexOf(' ') + 1))
}

/** `a car`, `an orange car`, but `skis`, `broccoli`: the phrase with the article that its first word and its noun ask for. */
export function withArticle(phrase: string): string {
  const noun = phrase.slice(phrase.lastIndexOf(' ') + 1)
  if (PLURAL_ONLY.has(noun) || UNCOUNTED.has(noun)) return phrase
  const isVowel = SILENT_H.test(phrase) || (/^[aeiou]/.test(phrase) && !SPOKEN_LIKE_YOU.test(phrase))
  return `${isVowel ? 'an' : 'a'} ${phrase}`
}

/** `blue car`, but `person in blue`: of a person the colour is that of the clothes. A null colour leaves the noun alone. */
export function inColour(noun: string, colour: string | null): string {
  if (colour === null) return noun
  return noun === 'person' ? `${noun} in ${colour}` : `${colour} ${noun}`
}

/** `no`, `one` … `twelve`, then digits. Takes whole numbers from 0. */
export function numberWord(count: number): string {
  return NUMBERS[count] ?? String(count)
}

/** The number that a word of `numberWord` means; null for any other word. */
export function numberOf(word: string): number | null {
  const place = NUMBERS.indexOf(word.toLowerCase())
  if (place >= 0) return place
  return /^[0-9]{1,6}$/.test(word) ? Number(word) : null
}

/** `one car`, `two people`, `no cars`. */
export function counted(count: number, noun: string): string {
  return `${numberWord(count)} ${count === 1 ? noun : pluralOf(noun)}`
}

/** `is` or `are`, after so many of the noun. */
export function verbFor(count: number, noun: string): 'is' | 'are' {
  return count === 1 && !isPluralOnly(noun) ? 'is' : 'are'
}

/** First letter large, a full stop at the end where no mark stands. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  const closed = /[.?!]$/.test(trimmed) ? trimmed : `${trimmed}.`
  return closed.charAt(0).toUpperCase() + closed.slice(1)
}
