/**
 * Reads the noun files of WordNet 3.1 (`data.noun`, `index.noun`, `index.sense`; their format is described in the manual pages wndb(5WN)
 * and senseidx(5WN) of Princeton University).
 */

/** A set of words with one meaning. `below` = the ids of its kinds (hyponyms; single persons and places are none). */
export type Synset = { readonly words: readonly string[]; readonly below: readonly string[]; readonly gloss: string }

/**
 * How often a word stands for each of its noun senses in the texts that Princeton tagged, for something that is no noun, and of that for an
 * adjective.
 */
export type Counts = { readonly nouns: readonly number[]; readonly others: number; readonly adjectives: number }

export type WordNet = {
  readonly synsets: ReadonlyMap<string, Synset>
  /** Ids of a noun's senses, the most frequent first. The word in small letters, with blanks. */
  sensesOf(word: string): readonly string[]
  countsOf(word: string): Counts
  /** Every noun, in the order of the file. */
  readonly nouns: readonly string[]
}

export type WordNetFiles = { readonly dataNoun: string; readonly indexNoun: string; readonly indexSense: string }

const plain = (word: string) => word.replaceAll('_', ' ')
const NONE: Counts = { nouns: [], others: 0, adjectives: 0 }
/** In a sense key: `dog%1:05:00::`, 1 = noun, 3 and 5 = adjective. */
const NOUN = '1'
const ADJECTIVES: ReadonlySet<string> = new Set(['3', '5'])

export function readWordNet({ dataNoun, indexNoun, indexSense }: WordNetFiles): WordNet {
  const synsets = readSynsets(dataNoun)
  const senses = readSenses(indexNoun)
  const counts = readCounts(indexSense)
  return {
    synsets,
    nouns: [...senses.keys()],
    sensesOf: (word) => senses.get(word) ?? [],
    countsOf: (word) => counts.get(word) ?? NONE,
  }
}

/** Lines of data; those of the licence begin with blanks. */
const linesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith(' '))

/** `offset file type count word id … count pointer offset type source …  | gloss` */
function readSynsets(text: string): Map<string, Synset> {
  const synsets = new Map<string, Synset>()
  for (const line of linesOf(text)) {
    const bar = line.indexOf(' | ')
    const fields = line.slice(0, bar).split(' ')
    const count = Number.parseInt(fields[3] ?? '', 16)
    const words = Array.from({ length: count }, (_, at) => plain(fields[4 + 2 * at] ?? ''))
    const pointers = 5 + 2 * count
    const below: string[] = []
    for (let at = 0; at < Number(fields[pointers - 1]); at += 1) {
      if (fields[pointers + 4 * at] === '~') below.push(fields[pointers + 4 * at + 1] ?? '')
    }
    synsets.set(fields[0] ?? '', { words, below, gloss: line.slice(bar + 3).trim() })
  }
  return synsets
}

/** `word n senses pointers … senses tagged offset …` */
function readSenses(text: string): Map<string, string[]> {
  return new Map(
    linesOf(text).map((line) => {
      const fields = line.trim().split(' ')
      return [plain(fields[0] ?? ''), fields.slice(-Number(fields[2]))]
    }),
  )
}

/** `word%type:… offset sense count` */
function readCounts(text: string): Map<string, Counts> {
  const counts = new Map<string, { nouns: number[]; others: number; adjectives: number }>()
  for (const line of linesOf(text)) {
    const [key = '', , sense, tagged] = line.split(' ')
    const [word = '', rest = ''] = key.split('%')
    const type = rest[0] ?? ''
    const entry = counts.get(plain(word)) ?? { nouns: [], others: 0, adjectives: 0 }
    if (type === NOUN) entry.nouns[Number(sense) - 1] = Number(tagged)
    else entry.others += Number(tagged)
    if (ADJECTIVES.has(type)) entry.adjectives += Number(tagged)
    counts.set(plain(word), entry)
  }
  return counts
}

/** The ids below some, they themselves included; what is `without` is not gone into. */
export function closureOf({ synsets }: WordNet, from: readonly string[], without: ReadonlySet<string> = new Set()): Set<string> {
  const found = new Set<string>()
  const waiting = [...from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || without.has(id)) continue
    found.add(id)
    waiting.push(...(synsets.get(id)?.below ?? []))
  }
  return found
}
