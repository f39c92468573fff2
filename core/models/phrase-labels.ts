/**
 * From a phrase ("the man in a red shirt") to the labels of the embedded detector it may be looked for by (`person`). By rules
 * and tables alone, ours and one made from WordNet: the whole phrase, then the shorter ends of it down to its head noun, each as it stands
 * and in the singular. What is in no table is not known here; nothing is guessed.
 */

import { pluralOf } from '../pipeline/template/english'
import { COCO_LABELS } from './coco-labels'
import { KINDS, OTHERS, SYNONYMS, wordsOf } from './label-words'
import { WORDNET_KINDS, WORDNET_OTHERS, WORDNET_SYNONYMS } from './wordnet-words'

/** How a phrase came to its labels: by their own name, another name, the name of a kind, or a word of WordNet. */
export type MappedBy = 'label' | 'synonym' | 'kind' | 'wordnet'

/** `word` = the part of the phrase that was understood. */
export type PhraseLabels = { readonly labels: readonly string[]; readonly word: string; readonly by: MappedBy }

/** Every known word, singular and plural. What comes later replaces: a label goes before a synonym, that before a kind, WordNet is last. */
const WORDS = new Map<string, Omit<PhraseLabels, 'word'>>()
for (const [kind, list] of Object.entries(WORDNET_KINDS)) learn(kind, { labels: wordsOf(list), by: 'wordnet' })
for (const [label, list] of Object.entries(WORDNET_SYNONYMS))
  for (const word of wordsOf(list)) learn(word, { labels: [label], by: 'wordnet' })
for (const [kind, list] of Object.entries(KINDS)) learn(kind, { labels: wordsOf(list), by: 'kind' })
for (const [label, list] of Object.entries(SYNONYMS)) for (const word of wordsOf(list)) learn(word, { labels: [label], by: 'synonym' })
for (const label of COCO_LABELS) learn(label, { labels: [label], by: 'label' })
const OTHER_THINGS: ReadonlySet<string> = new Set([OTHERS, WORDNET_OTHERS].flatMap(wordsOf).flatMap((word) => [word, pluralOf(word)]))

function learn(word: string, meaning: Omit<PhraseLabels, 'word'>): void {
  WORDS.set(word, meaning)
  WORDS.set(pluralOf(word), meaning)
  if (word.endsWith('man')) WORDS.set(`${word.slice(0, -2)}en`, meaning)
}

/** Whether a name is known to mean something that the detector was not taught, whatever a part of it means alone: "prairie dog", "bus stop". */
export const isOtherThing = (name: string): boolean => OTHER_THINGS.has(name)

/** What stands behind the thing that is meant. A zebra crossing is no zebra; one that is crossing the road is. */
const BEHIND =
  /\s(?:in|on|at|with|without|of|from|by|near|next|beside|behind|before|under|over|above|below|inside|outside|between|among|across|along|around|through|towards?|into|onto|to|for|and|or|that|which|who|whose|where|is|are|was|were|being|wearing|holding|carrying|riding|driving|walking|running|standing|sitting|lying|moving|parked|looking|talking|facing|leaving|entering|coming|going|seen|shown|visible|closest|nearest|farthest)\b|\scrossing\s/
/** "a group of people" means people. */
const GROUP_OF =
  /^(?:(?:large|small|big|few|whole)\s)*(?:group|crowd|pair|couple|number|row|line|bunch|flock|herd|lot|lots|set|pile|stack|slice|piece|team|queue|series|dozens?|hundreds?|one|two|three|four|five|some|several|many|most|all|each)\sof\s/
/** Articles, numbers and "left of" words before the noun never matter; adjectives fall away as the phrase gets shorter. */
const BEFORE =
  /^(?:the|a|an|this|that|these|those|some|any|all|both|each|every|several|many|another|other|one|his|her|its|their|my|your|our)\s/
const NUMBER_BEHIND = /\s(?:#?\d+|[a-z])$/

/**
 * The labels a phrase may be looked for by, most likely first; null when the detector knows nothing of it.
 * A phrase of more than 200 characters is no phrase and gives null.
 */
export function labelsOfPhrase(phrase: string): PhraseLabels | null {
  if (phrase.length > 200) return null
  const words = nounPart(phrase).split(' ')
  for (let from = 0; from < words.length; from += 1) {
    const word = words.slice(from).join(' ')
    if (isOtherThing(word)) return null
    const meaning = WORDS.get(word)
    if (meaning !== undefined) return { ...meaning, word }
  }
  return null
}

/** The phrase in small letters up to and with its head noun: "The two red cars on the left" → "two red cars". */
function nounPart(phrase: string): string {
  let text = phrase
    .toLowerCase()
    .replace(/[“”"‘`.,;:!?()[\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  for (let shorter = text.replace(BEFORE, ''); shorter !== text; shorter = text.replace(BEFORE, '')) text = shorter
  text = text.replace(GROUP_OF, '')
  for (let shorter = text.replace(BEFORE, ''); shorter !== text; shorter = text.replace(BEFORE, '')) text = shorter
  const end = BEHIND.exec(text)
  return (end === null ? text : text.slice(0, end.index)).replace(NUMBER_BEHIND, '').trim()
}
