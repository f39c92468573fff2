import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COCO_LABELS } from '../../models/coco-labels'
import { SYNONYMS, wordsOf } from '../../models/label-words'
import { isOtherThing, labelsOfPhrase } from '../../models/phrase-labels'
import { CONTRAST_WORDS } from './contrast-words'
import { questionThings } from './question-things'
import { ANCHOR_TEXTS, isContrast, LEAST_MARGIN, nearestOf, similarLabels, textOfPhrase } from './similar-labels'

/** Each anchor has a direction of its own, so that a phrase can be put at any cosine from some of them. */
const DIMENSIONS = ANCHOR_TEXTS.length + 1
const placeOf = new Map(ANCHOR_TEXTS.map((text, at) => [text, at]))
const unit = (parts: Readonly<Record<string, number>>): Float32Array => {
  const vector = new Float32Array(DIMENSIONS)
  for (const [name, cosine] of Object.entries(parts)) vector[placeOf.get(textOfPhrase(name)) ?? DIMENSIONS] = cosine
  const left = 1 - vector.reduce((sum, value) => sum + value * value, 0)
  vector[DIMENSIONS - 1] = Math.sqrt(Math.max(0, left))
  return vector
}
const anchorOf = (text: string) => {
  const place = placeOf.get(text)
  if (place === undefined) return undefined
  const vector = new Float32Array(DIMENSIONS)
  vector[place] = 1
  return vector
}
const knowing = (phrases: Readonly<Record<string, Float32Array>>) => (text: string) =>
  anchorOf(text) ?? Object.entries(phrases).find(([phrase]) => textOfPhrase(phrase) === text)?.[1]
const asked = (phrase: string, parts: Readonly<Record<string, number>>) =>
  similarLabels([phrase], knowing({ [phrase]: unit(parts) })).get(phrase) ?? null

describe('anchors', () => {
  it('are all labels, all their other names and all contrast words, each once', () => {
    expect(new Set(ANCHOR_TEXTS).size).toBe(ANCHOR_TEXTS.length)
    const names = [...COCO_LABELS, ...Object.values(SYNONYMS).flatMap(wordsOf), ...wordsOf(CONTRAST_WORDS)]
    for (const name of names) expect(ANCHOR_TEXTS).toContain(`There is a ${name}.`)
    expect(ANCHOR_TEXTS.length).toBe(new Set(names).size)
  })

  it('of contrast are things that no table takes for a label', () => {
    const words = wordsOf(CONTRAST_WORDS)
    expect(words.length).toBeGreaterThan(250)
    expect(words.filter((word, place) => words.indexOf(word) !== place)).toEqual([])
    expect(words.filter((word) => labelsOfPhrase(word) !== null && !isOtherThing(word))).toEqual([])
  })

  it('of contrast need no encoder', () => {
    for (const word of wordsOf(CONTRAST_WORDS)) expect([word, isContrast(word)]).toEqual([word, true])
    expect(['lighthouses', 'red lighthouse', 'doggo', 'old lighthouse', 'red', ''].map(isContrast)).toEqual([
      ...[true, true, false],
      ...[false, false, false],
    ])
  })
})

describe('the sentence of a phrase', () => {
  it('leaves out colours, which are looked for in the pixels', () => {
    expect(textOfPhrase('red doggo')).toBe('There is a doggo.')
    expect(textOfPhrase('gray and white doggo')).toBe('There is a and doggo.')
    expect(textOfPhrase('doggo')).toBe('There is a doggo.')
  })

  it('keeps a colour that is all there is', () => {
    expect(textOfPhrase('violet')).toBe('There is a violet.')
  })
})

describe('nearestOf', () => {
  it('gives the nearest label, its best name, and what lies between it and the next label', () => {
    const nearest = nearestOf(unit({ dog: 0.6, puppy: 0.7, cat: 0.3 }), anchorOf)
    expect(nearest?.label).toBe('dog')
    expect(nearest?.cosine).toBeCloseTo(0.7, 5)
    // The second name of the same label is no rival.
    expect(nearest?.margin).toBeCloseTo(0.4, 5)
  })

  it('counts everything that is no label as one rival', () => {
    expect(nearestOf(unit({ helicopter: 0.8, airplane: 0.5, tower: 0.3 }), anchorOf)).toMatchObject({ label: null })
    expect(nearestOf(unit({ helicopter: 0.8, airplane: 0.5, tower: 0.3 }), anchorOf)?.margin).toBeCloseTo(0.3, 5)
  })

  it('leaves out anchors without a vector, and knows nothing without two', () => {
    const some = (names: readonly string[]) => (text: string) => (names.map(textOfPhrase).includes(text) ? anchorOf(text) : undefined)
    const vector = unit({ helicopter: 0.8, airplane: 0.5 })
    expect(nearestOf(vector, some(['airplane', 'dog']))?.label).toBe('airplane')
    expect(nearestOf(vector, some(['airplane', 'plane']))).toBeNull()
    expect(nearestOf(vector, some([]))).toBeNull()
  })

  it('never has a negative margin, and finds no cosine above the best', () => {
    const name = fc.constantFrom('dog', 'puppy', 'cat', 'helicopter', 'airplane', 'sofa')
    fc.assert(
      fc.property(fc.dictionary(name, fc.double({ min: -0.4, max: 0.4, noNaN: true })), (parts) => {
        const nearest = nearestOf(unit(parts), anchorOf)
        expect(nearest?.margin).toBeGreaterThanOrEqual(0)
        expect(nearest?.cosine).toBeCloseTo(Math.max(0, ...Object.values(parts)), 5)
      }),
    )
  })
})

describe('similarLabels', () => {
  it('takes a label that stands out', () => {
    expect(asked('doggo', { dog: 0.7, cat: 0.5 })).toMatchObject({ label: 'dog' })
    expect(asked('doggo', { dog: 0.7, cat: 0.5 })?.cosine).toBeCloseTo(0.7, 5)
  })

  it('takes none where another is nearly as near, label or not', () => {
    expect(asked('wolf', { dog: 0.7, cat: 0.6 })).toBeNull()
    expect(asked('chopper', { airplane: 0.7, helicopter: 0.6 })).toBeNull()
    expect(asked('chopper', { airplane: 0.5, helicopter: 0.8 })).toBeNull()
  })

  it('asks for the margin, neither more nor less', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.4, noNaN: true }), (margin) => {
        fc.pre(Math.abs(margin - LEAST_MARGIN) > 1e-4)
        expect(asked('doggo', { dog: 0.4 + margin, cat: 0.4 }) !== null).toBe(margin > LEAST_MARGIN)
      }),
    )
  })

  it('answers each phrase by itself, and leaves out those without a vector', () => {
    const vectorOf = knowing({ doggo: unit({ dog: 0.7 }), ufo: unit({ airplane: 0.4, kite: 0.39 }) })
    expect([...similarLabels(['doggo', 'ufo', 'gizmo'], vectorOf).keys()]).toEqual(['doggo'])
    expect(similarLabels([], vectorOf).size).toBe(0)
  })

  it('fits what a question calls unknown', () => {
    const question = 'Does the white doggo chase the ufo or the lighthouse?'
    const { unknown } = questionThings(question)
    expect(unknown).toEqual(['white doggo', 'ufo', 'lighthouse'])
    const similar = similarLabels(unknown, knowing({ doggo: unit({ dog: 0.7 }) }))
    const { known, unknown: left } = questionThings(question, similar)
    expect(known).toEqual([
      { phrase: 'white doggo', labels: ['dog'], colour: 'white', by: 'similar', cosine: similar.get('white doggo')?.cosine },
    ])
    expect(left).toEqual(['ufo', 'lighthouse'])
  })
})
