/**
 * What no table knows, by the sentence encoder: the label whose names stand nearest to the phrase, if nothing else stands nearly as near.
 * Pure: vectors come in. How good it is, and where the bar comes from: docs/selector.md, measured by `scripts/similarity/measure.ts`.
 */
import { COCO_LABELS } from '../../models/coco-labels'
import { SYNONYMS, wordsOf } from '../../models/label-words'
import { pluralOf } from '../../pipeline/template/english'
import { dot, type Vector } from '../similarity'
import { CONTRAST_WORDS } from './contrast-words'
import { colourOfWord } from './question-words'

/** `cosine` of the phrase and the nearest name of the label, unitless, at most 1. */
export type SimilarLabel = { readonly label: string; readonly cosine: number }
/** By phrase, as `questionThings` gives it under `unknown`. */
export type SimilarLabels = ReadonlyMap<string, SimilarLabel>

/** How much nearer a label has to be than the next one, and than all that is no label: cosines differ by it. */
export const LEAST_MARGIN = 0.15

/** `label` null = a thing that the detector was not taught. */
type Anchor = { readonly label: string | null; readonly text: string }

/** The encoder was made for sentences: in one, names of a thing stand nearer to each other than alone. */
const sentenceOf = (name: string) => `There is a ${name}.`

const ANCHORS: readonly Anchor[] = [
  ...COCO_LABELS.flatMap((label) =>
    [label, ...wordsOf(SYNONYMS[label] ?? label)].map((name): Anchor => ({ label, text: sentenceOf(name) })),
  ),
  ...wordsOf(CONTRAST_WORDS).map((name): Anchor => ({ label: null, text: sentenceOf(name) })),
]

/** The sentences that every phrase is compared with: the same for every question. */
export const ANCHOR_TEXTS: readonly string[] = [...new Set(ANCHORS.map(({ text }) => text))]

/** Colours are looked for in the pixels. */
function plainPhrase(phrase: string): string {
  const words = phrase.split(' ')
  const plain = words.filter((word) => colourOfWord(word) === null)
  return (plain.length === 0 ? words : plain).join(' ')
}

/** The sentence that stands for a phrase. */
export const textOfPhrase = (phrase: string): string => sentenceOf(plainPhrase(phrase))

const CONTRAST: ReadonlySet<string> = new Set(wordsOf(CONTRAST_WORDS).flatMap((name) => [name, pluralOf(name)]))

/** Whether a phrase is known to be nothing that the detector was taught, so that the encoder need not be asked. */
export const isContrast = (phrase: string): boolean => CONTRAST.has(plainPhrase(phrase))

/** `label` null = something that the detector was not taught. `margin` = by how much its cosine is above that of the next. */
export type Nearest = { readonly label: string | null; readonly cosine: number; readonly margin: number }

/**
 * What a phrase is nearest to; null where fewer than two anchors have a vector. O(anchors × dimensions).
 *
 * @param vector of `textOfPhrase`, a unit vector
 * @param vectorOf the unit vector of an anchor text; anchors without one are left out
 */
export function nearestOf(vector: Vector, vectorOf: (text: string) => Vector | undefined): Nearest | null {
  const cosines = new Map<string | null, number>()
  for (const { label, text } of ANCHORS) {
    const anchor = vectorOf(text)
    if (anchor !== undefined) cosines.set(label, Math.max(cosines.get(label) ?? -1, dot(vector, anchor)))
  }
  const [first, second] = [...cosines].sort(([, one], [, other]) => other - one)
  return first === undefined || second === undefined ? null : { label: first[0], cosine: first[1], margin: first[1] - second[1] }
}

/** The label of each phrase that has one which stands out. @param vectorOf the unit vector of any text: anchors and `textOfPhrase` */
export function similarLabels(phrases: readonly string[], vectorOf: (text: string) => Vector | undefined): SimilarLabels {
  return new Map(
    phrases.flatMap((phrase): [string, SimilarLabel][] => {
      const vector = vectorOf(textOfPhrase(phrase))
      const nearest = vector === undefined ? null : nearestOf(vector, vectorOf)
      if (nearest === null || nearest.label === null || nearest.margin < LEAST_MARGIN) return []
      return [[phrase, { label: nearest.label, cosine: nearest.cosine }]]
    }),
  )
}
