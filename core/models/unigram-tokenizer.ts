/**
 * Cuts a text into the pieces of a SentencePiece unigram vocabulary (Kudo 2018, arXiv 1804.10959): of all ways to cut, the one
 * with the highest sum of scores, found by dynamic programming (Viterbi). Gives the same numbers as the tokenizer that was
 * published with the Universal Sentence Encoder lite. Other tokenizers fold leading blanks together, and that gives others.
 */

/** A piece and its score, the logarithm of its likelihood. The place in the list is its number. */
export type VocabularyEntry = readonly [piece: string, score: number]

/** Cuts texts into pieces of a vocabulary, the likeliest way (Kudo 2018, unigram language model). */
export type UnigramTokenizer = {
  /** Numbers of the pieces in their order; 0 stands for one or more characters that no piece knows. Empty for an empty text. */
  encode(text: string): number[]
}

/** Stands for a blank in pieces. */
const BLANK = '▁'
/** Unknown, begin, end and three that are not used: never found in a text. */
const RESERVED = 6
const UNKNOWN = 0

/** `vocabulary` in the order of its numbers. */
export function unigramTokenizer(vocabulary: readonly VocabularyEntry[]): UnigramTokenizer {
  const pieces = new Map<string, { readonly id: number; readonly score: number }>()
  let longest = 1
  vocabulary.forEach(([piece, score], id) => {
    if (id < RESERVED || piece === '') return
    // Of a piece that comes twice the later one counts, as in the original.
    pieces.set(piece, { id, score })
    longest = Math.max(longest, [...piece].length)
  })
  return { encode: (text) => bestCut(symbolsOf(text), pieces, longest) }
}

function symbolsOf(text: string): string[] {
  const normal = text.normalize('NFKC')
  return normal === '' ? [] : [...`${BLANK}${normal.replaceAll(' ', BLANK)}`]
}

type Step = { readonly score: number; readonly from: number; readonly id: number }

function bestCut(symbols: readonly string[], pieces: ReadonlyMap<string, { id: number; score: number }>, longest: number): number[] {
  // best[end] = the best way to cut the first `end` symbols; places that no piece ends at stay empty.
  const best: (Step | undefined)[] = [{ score: 0, from: 0, id: UNKNOWN }]
  const offer = (end: number, step: Step) => {
    const present = best[end]
    if (present === undefined || step.score >= present.score) best[end] = step
  }
  for (let from = 0; from < symbols.length; from += 1) {
    const before = best[from]
    if (before === undefined) continue
    let piece = ''
    let isKnown = false
    for (let end = from + 1; end <= Math.min(from + longest, symbols.length); end += 1) {
      piece += symbols[end - 1]
      const entry = pieces.get(piece)
      if (entry === undefined) continue
      isKnown = true
      offer(end, { score: before.score + entry.score, from, id: entry.id })
    }
    if (!isKnown) offer(from + 1, { score: before.score, from, id: UNKNOWN })
  }
  return readBack(best, symbols.length)
}

/** From the end to the beginning; unknowns in a row become one. */
function readBack(best: readonly (Step | undefined)[], length: number): number[] {
  const ids: number[] = []
  for (let end = length; end > 0; ) {
    const step = best[end]
    if (step === undefined) break
    if (step.id !== UNKNOWN || ids.at(-1) !== UNKNOWN) ids.push(step.id)
    end = step.from
  }
  return ids.reverse()
}
