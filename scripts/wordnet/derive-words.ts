/** From WordNet to the words by which a phrase of a question is tied to a label of the embedded detector. Pure; the choices come in. */
import type { LabelSenses } from './choices'
import { closureOf, type WordNet } from './wordnet'

export type Choices = {
  readonly labels: Readonly<Record<string, LabelSenses>>
  readonly kinds: readonly string[]
  /** Senses below which every word of one meaning for a person is taken. */
  readonly seenPeople: readonly string[]
  readonly misleading: ReadonlySet<string>
  readonly likeTheLabel: ReadonlySet<string>
  /** Words that are known without WordNet, and the labels they stand for. */
  readonly known: ReadonlyMap<string, readonly string[]>
  /** Words of questions that name no thing. */
  readonly noThings: ReadonlySet<string>
}

/** `labels` and `kinds`: words by label, labels by kind. `others` = names that begin or end like a known word and mean something else. */
export type DerivedWords = {
  readonly labels: Readonly<Record<string, readonly string[]>>
  readonly kinds: Readonly<Record<string, readonly string[]>>
  readonly others: readonly string[]
}

const PERSON = 'person'
/** What a question can hold: no digits, no marks but hyphens, at most three words. */
const SAYABLE = /^[a-z]{2,}(?:-[a-z]+)*(?: [a-z-]{2,}){0,2}$/
/** A phrase ends before these, so no name of several words is found behind them: "man of affairs". */
const LINKED = / (?:of|on|at|in|to|and|or|for|the|by|with|from|under|over|being|au|des)(?: |$)/
const isSayable = (word: string) => SAYABLE.test(word) && !LINKED.test(word)
const ABUSE = /offensive|slur|disparag|derogat|vulgar|slang|obscene/i

/** The ends of a name, the longest first: "wild water ox" → "water ox", "ox". */
function endsOf(name: string): string[] {
  const words = name.split(' ')
  return words.slice(1).map((_, at) => words.slice(at + 1).join(' '))
}

/** What a name begins with: "hot dog stand" → "hot dog", "hot". */
function beginningsOf(name: string): string[] {
  const words = name.split(' ')
  return words.slice(1).map((_, at) => words.slice(0, words.length - 1 - at).join(' '))
}

/** Throws an Error where WordNet has no such sense. */
export function idOf(wordnet: WordNet, sense: string): string {
  const [word = '', number = ''] = sense.split('#')
  const id = wordnet.sensesOf(word)[Number(number) - 1]
  if (id === undefined) throw new Error(`WordNet has no ${sense}`)
  return id
}

const idsOf = (wordnet: WordNet, senses: readonly string[] = []) => senses.map((sense) => idOf(wordnet, sense))
const sum = (numbers: readonly (number | undefined)[]) => numbers.reduce<number>((total, each) => total + (each ?? 0), 0)

/**
 * Whether a word is safe to take for what is in `closure`: its first sense is in it, and it is said for that more often than for all else
 * it may mean. Where it was never counted, it may mean nothing else at all.
 */
export function isSafe(wordnet: WordNet, word: string, closure: ReadonlySet<string>): boolean {
  const senses = wordnet.sensesOf(word)
  const [first] = senses
  if (first === undefined || !closure.has(first)) return false
  const { nouns, others } = wordnet.countsOf(word)
  const inside = sum(senses.map((id, at) => (closure.has(id) ? nouns[at] : 0)))
  const outside = sum(senses.map((id, at) => (closure.has(id) ? 0 : nouns[at])))
  return others <= inside && (inside > outside || senses.every((id) => closure.has(id)))
}

/** "Ursus maritimus": WordNet has the genus by that name too, or no noun like the last word. */
function isLatin(wordnet: WordNet, form: string): boolean {
  if (!/^[A-Z][a-z-]+ /.test(form)) return false
  const words = form.toLowerCase().split(' ')
  return wordnet.sensesOf(`genus ${words[0]}`).length > 0 || wordnet.sensesOf(words.at(-1) ?? '').length === 0
}

type Form = { readonly word: string; readonly id: string; readonly isCapital: boolean }

/** The words of a closure as a question has them. */
function formsIn(wordnet: WordNet, closure: ReadonlySet<string>): Form[] {
  return [...closure].flatMap((id) =>
    (wordnet.synsets.get(id)?.words ?? [])
      .filter((form) => !isLatin(wordnet, form))
      .map((form) => ({ word: form.toLowerCase(), id, isCapital: form !== form.toLowerCase() })),
  )
}

export function deriveWords(wordnet: WordNet, choices: Choices): DerivedWords {
  const { misleading, noThings } = choices
  const closures = Object.entries(choices.labels)
    .map(([label, { senses, without }]) => ({
      label,
      closure: closureOf(wordnet, idsOf(wordnet, senses), new Set(idsOf(wordnet, without))),
      whole: closureOf(wordnet, idsOf(wordnet, senses)),
    }))
    // What is below two labels belongs to the narrower one.
    .sort((a, b) => a.closure.size - b.closure.size)
  const seen = closureOf(wordnet, idsOf(wordnet, choices.seenPeople))
  const isPersonWord = ({ word, id, isCapital }: Form) => {
    if (isCapital || ABUSE.test(wordnet.synsets.get(id)?.gloss ?? '')) return false
    if (sum(wordnet.countsOf(word).nouns) > 0) return true
    // "Ski jumper" is neither skis nor unknown.
    const isNeeded = word.includes(' ') ? startsWithThing(word, choices.known) : seen.has(id)
    return isNeeded && wordnet.sensesOf(word).length === 1
  }
  const meaning = new Map(choices.known)
  const found = new Map<string, string>()
  for (const { label, closure } of closures) {
    for (const form of formsIn(wordnet, closure)) {
      const { word } = form
      if (!isSayable(word) || meaning.has(word) || misleading.has(word) || noThings.has(word)) continue
      if (!isSafe(wordnet, word, closure) || (label === PERSON && !isPersonWord(form))) continue
      meaning.set(word, [label])
      found.set(word, label)
    }
  }
  const kinds = deriveKinds(wordnet, choices, meaning)
  for (const [kind, labels] of Object.entries(kinds)) meaning.set(kind, labels)
  const others = deriveOthers(wordnet, choices, meaning, new Map(closures.map(({ label, whole }) => [label, whole])))
  const labels: Record<string, string[]> = {}
  for (const [word, label] of [...found].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const end = endsOf(word).find((each) => meaning.has(each))
    // "Persian cat" is understood by its end.
    if (end === undefined || meaning.get(end)?.join() !== label) labels[label] = [...(labels[label] ?? []), word]
  }
  return { labels, kinds, others }
}

function deriveKinds(wordnet: WordNet, { labels, kinds }: Choices, meaning: ReadonlyMap<string, unknown>): Record<string, string[]> {
  const result: Record<string, string[]> = {}
  for (const id of idsOf(wordnet, kinds)) {
    const below = closureOf(wordnet, [id])
    const names = Object.entries(labels).filter(([, { senses }]) => idsOf(wordnet, senses).some((sense) => below.has(sense)))
    for (const form of wordnet.synsets.get(id)?.words ?? []) {
      const word = form.toLowerCase()
      const isFirst = wordnet.sensesOf(word)[0] === id
      if (isFirst && isSayable(word) && !meaning.has(word)) result[word] = names.map(([label]) => label)
    }
  }
  return result
}

/** Whether a name begins with another one, of a thing. */
const startsWithThing = (word: string, known: Choices['known']) =>
  beginningsOf(word).some((each) => known.get(each)?.length === 1 && known.get(each)?.[0] !== PERSON)

/**
 * "Prairie dog" is no dog and "bus stop" no bus: nouns of several words of which an end or a beginning is known and that WordNet has outside
 * of that label. Names of persons and places are left out, and so is "white horse": behind an adjective a word keeps its meaning.
 */
function deriveOthers(
  wordnet: WordNet,
  { labels, likeTheLabel, known }: Choices,
  meaning: ReadonlyMap<string, readonly string[]>,
  wholes: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const isWithin = (id: string, name: string) => wholes.get(name)?.has(id) === true
  return wordnet.nouns
    .filter((word) => {
      if (!word.includes(' ') || !isSayable(word) || meaning.has(word) || likeTheLabel.has(word)) return false
      const senses = wordnet.sensesOf(word)
      if (senses.every((id) => wordnet.synsets.get(id)?.words.includes(word) !== true)) return false
      const end = endsOf(word).find((each) => meaning.has(each))
      if (end === undefined) return startsWithThing(word, known)
      const [name, ...more] = meaning.get(end) ?? []
      // A kind is too wide to say what is outside of it.
      if (name === undefined || more.length > 0 || labels[name] === undefined || senses.some((id) => isWithin(id, name))) return false
      const [first = ''] = word.split(' ')
      const { nouns, adjectives } = wordnet.countsOf(first)
      return adjectives <= sum(nouns) && first !== 'genus'
    })
    .sort()
}
