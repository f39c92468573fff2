/** Which things a question asks about, as far as the embedded detector knows them: by tables, then by what the sentence encoder found. */
import { isOtherThing, labelsOfPhrase, type MappedBy, type PhraseLabels } from '../../models/phrase-labels'
import { BREAKS, colourOfWord, NO_THINGS, OPENERS } from './question-words'
import type { SimilarLabels } from './similar-labels'

/**
 * `labels` = what the detector may call it; `colour` = the name it must have, null = any. `by` = how the phrase came to them; `cosine` = of
 * phrase and label where they are `similar` by the sentence encoder, else null.
 */
export type AskedThing = {
  readonly phrase: string
  readonly labels: readonly string[]
  readonly colour: string | null
  readonly by: MappedBy | 'similar'
  readonly cosine: number | null
}
/**
 * `unknown` = noun phrases that no label fits by any table. `others` = names of things that the detector was not taught, though a part of
 * the name sounds like it: "bus stop".
 */
export type QuestionThings = {
  readonly known: readonly AskedThing[]
  readonly unknown: readonly string[]
  readonly others: readonly string[]
}

/** "police officer", "stop sign", "tv remote control". */
const LONGEST_NAME = 3
/** Longer phrases are no names. */
const LONGEST_UNKNOWN = 4
const WEARS: ReadonlySet<string> = new Set(['in', 'wearing', 'with'])

const NONE_SIMILAR: SimilarLabels = new Map()

type Span = { readonly from: number; readonly to: number }
type Thing = Span & { readonly meaning: PhraseLabels }

/** Words in small letters; a mark between two words is a word by itself, and so is what makes "the man's table" two things. */
function wordsIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’']s\b/g, ' ’ ')
  return plain.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? []
}

/** The longest name that begins at a word. */
function thingAt(words: readonly string[], from: number): Thing | null {
  for (let length = Math.min(LONGEST_NAME, words.length - from); length > 0; length -= 1) {
    const name = words.slice(from, from + length).join(' ')
    const meaning = labelsOfPhrase(name)
    if (meaning !== null && meaning.word === name) return { from, to: from + length, meaning }
  }
  return null
}

const isName = (word: string | undefined) => word !== undefined && /^[\p{L}\p{N}]/u.test(word) && !BREAKS.has(word) && !OPENERS.has(word)

/** Behind these a verb keeps its first form: "does the bus stop" names no bus stop. */
const HELPERS: ReadonlySet<string> = new Set([
  'do',
  'does',
  'did',
  'can',
  'could',
  'will',
  'would',
  'shall',
  'should',
  'may',
  'might',
  'must',
  'to',
])

const FORMS_OF_BE: ReadonlySet<string> = new Set(['is', 'are', 'was', 'were'])

/** Whether a name that ends like a verb is none here: "the bus stops", "is the zebra crossing the road?" In doubt it is none. */
function isDoing(words: readonly string[], { from, to }: Span): boolean {
  const last = words[to - 1] ?? ''
  if (last.endsWith('ing')) {
    const next = words[to] ?? ''
    return (/^[\p{L}\p{N}]/u.test(next) && !FORMS_OF_BE.has(next)) || FORMS_OF_BE.has(words[0] ?? '')
  }
  return BREAKS.has(last) && (last.endsWith('s') || words.slice(0, from).some((word) => HELPERS.has(word)))
}

/** The longest name that begins at a word and means something else than a part of it: "prairie dog", "bus stop". */
function otherAt(words: readonly string[], from: number): Span | null {
  for (let to = Math.min(from + LONGEST_NAME, words.length); to > from + 1; to -= 1) {
    if (isOtherThing(words.slice(from, to).join(' ')) && !isDoing(words, { from, to })) return { from, to }
  }
  return null
}

/** Labels that are adjectives as well: "the remote village" is no remote, but "the orange eaten" an orange. */
const ADJECTIVES: ReadonlySet<string> = new Set(['orange', 'remote'])
const isAdjective = (words: readonly string[], { from, to, meaning }: Thing) =>
  to === from + 1 && ADJECTIVES.has(meaning.word) && isName(words[to]) && !/(?:ed|en|ing)$/.test(words[to] ?? '')

/** "an orange car" is a car, "the dog bed" a bed: of two names side by side the latter is meant, unless the first is a plural. */
function thingsIn(words: readonly string[]): { readonly things: readonly Thing[]; readonly others: readonly Span[] } {
  const things: Thing[] = []
  const others: Span[] = []
  for (let at = 0; at < words.length; ) {
    const other = otherAt(words, at)
    const name = other === null ? thingAt(words, at) : null
    const thing = name !== null && isAdjective(words, name) && thingAt(words, name.to) === null ? null : name
    const before = things.at(-1)
    if (thing !== null && before?.to === thing.from && !before.meaning.word.endsWith('s')) things.pop()
    if (thing !== null) things.push(thing)
    if (other !== null) others.push(other)
    at = (thing ?? other)?.to ?? at + 1
  }
  return { things, others }
}

/** Where the words that describe a thing begin: its chunk, or the colour before it when another thing stands in the chunk. */
function startOf(words: readonly string[], thing: Thing, floor: number): number {
  let from = thing.from
  while (from > floor && isName(words[from - 1])) from -= 1
  const isShared = from === floor && floor > 0 && isName(words[floor - 1])
  if (!isShared) return from
  return thing.from > floor && colourOfWord(words[thing.from - 1] ?? '') !== null ? thing.from - 1 : thing.from
}

const lastColour = (words: readonly string[]) => words.flatMap((word) => colourOfWord(word) ?? []).at(-1) ?? null

/** The colour named before the thing, or of a person the colour that is worn. */
function colourFor(words: readonly string[], from: number, thing: Thing): string | null {
  const before = lastColour(words.slice(from, thing.from))
  if (before !== null) return before
  if (!thing.meaning.labels.includes('person') || !WEARS.has(words[thing.to] ?? '')) return null
  const next = words[thing.to + 1] ?? ''
  return colourOfWord(next) ?? (OPENERS.has(next) ? colourOfWord(words[thing.to + 2] ?? '') : null)
}

/** Phrases after an article or a number in which nothing is known. */
function unknownIn(words: readonly string[], known: readonly Span[]): string[] {
  return words.flatMap((word, at) => {
    if (!OPENERS.has(word) || !isName(words[at + 1])) return []
    let end = at + 1
    while (isName(words[end])) end += 1
    const head = words[end - 1] ?? ''
    const isKnown = known.some((span) => span.from < end && span.to > at)
    const isThing = !NO_THINGS.has(head) && colourOfWord(head) === null && !/^\d/.test(head)
    return isKnown || !isThing || end - at - 1 > LONGEST_UNKNOWN ? [] : [words.slice(at + 1, end).join(' ')]
  })
}

/**
 * Noun phrases of an English question: those the embedded detector may find (`labelsOfPhrase`), each once by labels and colour, in
 * their order, and those that are in no table. The way of T* (arXiv 2504.02259), with tables in place of a language model. Verbs and
 * little words part phrases; a word that no table knows and no article leads is left out rather than taken for a thing.
 *
 * @param similar labels of phrases that would be `unknown`, by the sentence encoder (`similar-labels.ts`); they come last
 */
export function questionThings(question: string, similar: SimilarLabels = NONE_SIMILAR): QuestionThings {
  const words = wordsIn(question)
  const { things, others } = thingsIn(words)
  const known = new Map<string, AskedThing>()
  const learn = (thing: AskedThing) => {
    const key = JSON.stringify([thing.labels, thing.colour])
    if (!known.has(key)) known.set(key, thing)
  }
  for (const [at, thing] of things.entries()) {
    const from = startOf(words, thing, things[at - 1]?.to ?? 0)
    const { labels, by } = thing.meaning
    const colour = colourFor(words, from, thing)
    const phrase = words.slice(from, thing.to).join(' ')
    learn({ phrase, labels, colour, by, cosine: null })
  }
  const unknown = [...new Set(unknownIn(words, [...things, ...others]))]
  for (const phrase of unknown) {
    const found = similar.get(phrase)
    if (found === undefined) continue
    learn({ phrase, labels: [found.label], colour: lastColour(phrase.split(' ')), by: 'similar', cosine: found.cosine })
  }
  return {
    known: [...known.values()],
    unknown: unknown.filter((phrase) => !similar.has(phrase)),
    others: [...new Set(others.map(({ from, to }) => words.slice(from, to).join(' ')))],
  }
}
