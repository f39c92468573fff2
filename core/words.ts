/** Comparing texts by their words, without a model: the same on every machine and cheap enough to run after each edit. */

const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the this that these those it its he she they them his her their him we you i is are was were be been being am do does did ' +
    'has have had having to of in on at by for from with into onto over under as and or but so because if then than while when ' +
    'where which who whom whose what why how there here not no nor can could will would shall should may might must about after ' +
    'before during between through up down out off also very more most some any all each both'
  ).split(' '),
)

/** Lower-case words in order; letters and digits of any script, punctuation dropped. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** The distinct words that carry content. */
export function contentWords(text: string): Set<string> {
  return new Set(wordsOf(text).filter((word) => !STOP_WORDS.has(word)))
}

/** Jaccard similarity of two word sets, 0–1; two empty sets have 0, since nothing was compared. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((word) => b.has(word)).length
  const union = a.size + b.size - common
  return union === 0 ? 0 : common / union
}

/** The same phrase for a person: case, spacing and punctuation ignored. */
export function samePhraseKey(text: string): string {
  return wordsOf(text).join(' ')
}
