import { describe, expect, it } from 'vitest'
import { type Choices, deriveWords, idOf, isSafe } from './derive-words'
import { closureOf, readWordNet } from './wordnet'

/** A small WordNet: `id: words > ids of its kinds | gloss`. Single places and persons come with `~i`. */
const SYNSETS = `
01: animal > 02 03 11 14 | a living thing
02: dog domestic_dog Canis_familiaris > 04 05 16 | barks
03: cat > 06 | purrs
04: poodle > | curly
05: terrier > 07 | small
06: Persian_cat > | of Persia
07: fox_terrier > | hunts foxes
08: person > 09 10 12 | somebody
09: worker > 13 17 | works
10: mutt > | a foolish person
11: prairie_dog > | a rodent
12: Einstein > | a single one
13: plumber > | mends pipes
14: canine > 02 | of the family of dogs
15: toy > | to play with
16: mutt cur > | an inferior dog
17: hound > | (offensive) somebody
18: dog_collar > | a band
19: Great_Dog > | stars
20: puppy_love > | first love
21: dog_catcher > | catches dogs
22: genus_Canis > | a genus
23: white_dog > | a drink
24: poodle > | a puddle
25: terrier_of_war > 26 | a ship
26: corgi > | low
`.trim()

const ENTRIES = SYNSETS.split('\n').map((line) => {
  const [, id = '', words = '', below = '', gloss = ''] = /^(\d+): ([^>]+) > ([\d ]*)\| (.+)$/.exec(line) ?? []
  return { id, words: words.trim().split(' '), below: below.trim() === '' ? [] : below.trim().split(' '), gloss }
})
/** Senses of a word in the order of the lines, unless said otherwise. */
const ORDER: Readonly<Record<string, string[]>> = { mutt: ['16', '10'] }

function made(counts: readonly string[] = []) {
  const dataNoun = ENTRIES.map(({ id, words, below, gloss }) => {
    const named = words.flatMap((word) => [word, '0']).join(' ')
    const pointers = [...below.map((each) => `~ ${each} n 0000`), '@ 99 n 0000']
    const size = words.length.toString(16).padStart(2, '0')
    return `${id} 05 n ${size} ${named} ${String(pointers.length).padStart(3, '0')} ${pointers.join(' ')} | ${gloss}  `
  })
  const words = [...new Set(ENTRIES.flatMap((entry) => entry.words.map((word) => word.toLowerCase())))]
  const indexNoun = words.map((word) => {
    const senses = ORDER[word] ?? ENTRIES.filter((entry) => entry.words.some((each) => each.toLowerCase() === word)).map(({ id }) => id)
    return `${word} n ${senses.length} 2 @ ~ ${senses.length} 0 ${senses.join(' ')}  `
  })
  const licence = '  1 This software and database is being provided to you\n'
  return readWordNet({
    dataNoun: `${licence}${dataNoun.join('\n')}\n`,
    indexNoun: `${licence}${indexNoun.join('\n')}\n`,
    indexSense: `${counts.join('\n')}\n`,
  })
}

const CHOICES: Choices = {
  labels: { dog: { senses: ['dog#1'] }, cat: { senses: ['cat#1'] }, person: { senses: ['person#1'] } },
  kinds: ['animal#1', 'canine#1'],
  seenPeople: ['worker#1'],
  misleading: new Set(),
  likeTheLabel: new Set(),
  known: new Map([
    ['dog', ['dog']],
    ['cat', ['cat']],
    ['person', ['person']],
    ['puppy', ['dog']],
  ]),
  noThings: new Set(),
}
const derived = (more: Partial<Choices> = {}, counts: readonly string[] = []) => deriveWords(made(counts), { ...CHOICES, ...more })

describe('reading', () => {
  it('takes words, kinds and glosses, and skips the licence', () => {
    const wordnet = made()
    expect(wordnet.synsets.get('02')).toEqual({
      words: ['dog', 'domestic dog', 'Canis familiaris'],
      below: ['04', '05', '16'],
      gloss: 'barks',
    })
    expect(wordnet.synsets.size).toBe(ENTRIES.length)
    expect(wordnet.nouns).toContain('domestic dog')
  })

  it('keeps the order of senses', () => {
    expect(made().sensesOf('mutt')).toEqual(['16', '10'])
    expect(made().sensesOf('poodle')).toEqual(['04', '24'])
    expect(made().sensesOf('yeti')).toEqual([])
  })

  it('counts how often a word was said for what', () => {
    const wordnet = made(['hound%1:18:00:: 17 2 3', 'hound%1:05:00:: 02 1 7', 'hound%2:38:00:: 99 1 2', 'hound%5:00:00:bad:00 99 1 4'])
    expect(wordnet.countsOf('hound')).toEqual({ nouns: [7, 3], others: 6, adjectives: 4 })
    expect(wordnet.countsOf('yeti')).toEqual({ nouns: [], others: 0, adjectives: 0 })
  })

  it('finds what is below, without what is left out', () => {
    expect([...closureOf(made(), ['02'])].sort()).toEqual(['02', '04', '05', '07', '16'])
    expect([...closureOf(made(), ['02'], new Set(['05']))].sort()).toEqual(['02', '04', '16'])
    expect(closureOf(made(), [])).toEqual(new Set())
  })
})

describe('a word is safe', () => {
  const dogs = closureOf(made(), ['02'])

  it('with one meaning', () => {
    expect(isSafe(made(), 'terrier', dogs)).toBe(true)
    expect(isSafe(made(), 'plumber', dogs)).toBe(false)
    expect(isSafe(made(), 'yeti', dogs)).toBe(false)
  })

  it('with several only when it was counted, mostly for this one', () => {
    expect(isSafe(made(), 'poodle', dogs)).toBe(false)
    expect(isSafe(made(['poodle%1:05:00:: 04 1 3', 'poodle%1:17:00:: 24 2 1']), 'poodle', dogs)).toBe(true)
    expect(isSafe(made(['poodle%1:05:00:: 04 1 1', 'poodle%1:17:00:: 24 2 3']), 'poodle', dogs)).toBe(false)
  })

  it('not when it is rather a verb', () => {
    expect(isSafe(made(['terrier%2:38:00:: 99 1 5', 'terrier%1:05:00:: 05 1 3']), 'terrier', dogs)).toBe(false)
    expect(isSafe(made(['terrier%2:38:00:: 99 1 3', 'terrier%1:05:00:: 05 1 3']), 'terrier', dogs)).toBe(true)
  })
})

describe('deriving', () => {
  it('takes words below a label, without those that are understood by their end, and no Latin', () => {
    expect(derived().labels).toEqual({ dog: ['cur', 'terrier'], person: ['plumber', 'worker'] })
  })

  it('takes a word of two meanings by its count', () => {
    expect(derived({}, ['mutt%1:05:00:: 16 1 2']).labels.dog).toEqual(['cur', 'mutt', 'terrier'])
  })

  it('leaves out what a person named as misleading, words of questions, and what is known by hand', () => {
    expect(derived({ misleading: new Set(['cur']) }).labels.dog).toEqual(['terrier'])
    expect(derived({ noThings: new Set(['terrier']) }).labels.dog).toEqual(['cur', 'fox terrier'])
    expect(derived({ known: new Map([...CHOICES.known, ['cur', ['dog']]]) }).labels.dog).toEqual(['terrier'])
  })

  it('leaves out what is below a sense that looks otherwise', () => {
    expect(derived({ labels: { ...CHOICES.labels, dog: { senses: ['dog#1'], without: ['terrier#1'] } } }).labels.dog).toEqual(['cur'])
  })

  it('of persons takes those that are seen or were counted, and no word of abuse', () => {
    expect(derived().labels.person).toEqual(['plumber', 'worker'])
    expect(derived({}, ['hound%1:18:00:: 17 1 9']).labels.person).not.toContain('hound')
    expect(derived({ seenPeople: [] }, ['plumber%1:18:00:: 13 1 1']).labels.person).toEqual(['plumber'])
  })

  it('names kinds with the labels below them', () => {
    expect(derived().kinds).toEqual({ animal: ['dog', 'cat'], canine: ['dog'] })
  })

  it('names other things that begin or end like a known word, but neither constellations nor what an adjective describes', () => {
    expect(derived({}, ['white%3:00:00:: 99 1 9']).others).toEqual(['dog catcher', 'dog collar', 'prairie dog', 'puppy love'])
    expect(derived({ likeTheLabel: new Set(['prairie dog']) }).others).not.toContain('prairie dog')
    expect(derived().others).toContain('white dog')
  })

  it('gives the same from the same', () => {
    expect(derived()).toEqual(derived())
  })

  it('refuses a sense that WordNet does not have', () => {
    expect(() => idOf(made(), 'dog#2')).toThrow('dog#2')
    expect(() => derived({ kinds: ['yeti#1'] })).toThrow('yeti#1')
    expect(idOf(made(), 'mutt#2')).toBe('10')
  })
})
