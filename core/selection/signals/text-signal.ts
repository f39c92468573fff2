/** Text signal: frames by what their captions say. */
import { tokensOf } from '../../pipeline/number-words'
import { symbolsOf } from '../../pipeline/symbolic'
import { dot, type Vector } from '../similarity'
import { colourOfWord } from './question-words'

/** One sentence of a caption and its embedding, a unit vector. */
export type FactVector = { readonly text: string; readonly vector: Vector }

/** What all symbols of the question in one fact are worth, in cosine: embeddings are blind to them. */
const SYMBOL_WEIGHT = 0.2
/** Order in time is not on a single frame, and nothing is said by a "not". */
const NOT_ON_A_FRAME = /^o:|^d:(?:first|last|before|after|start|stop|not)$/

/** Numbers, directions and colours of a text that a single frame can show. */
function symbolsOnFrame(text: string): string[] {
  const colours = tokensOf(text).flatMap((token) => colourOfWord(token) ?? [])
  const symbols = symbolsOf(text).filter((symbol) => !NOT_ON_A_FRAME.test(symbol))
  return [...new Set([...symbols, ...colours.map((colour) => `c:${colour}`)])]
}

/**
 * s_i = max over the facts f of frame i of ⟨f, q⟩ + 0.2 |symbols of q that f names| / |symbols of q|; symbols are numbers, directions
 * and colours (`core/pipeline/symbolic.ts`). A fact is a sentence of the caption: the mean of several would blur the one that
 * matters. A frame without facts counts as the least relevant of the others. O(n f d).
 *
 * @param query embedding of the question, of unit length
 * @param frames facts of each candidate frame; none = nothing is known of it
 * @returns one score a frame, −1 to 1.2; all 0 when no frame has facts
 */
export function textSignal(question: string, query: Vector, frames: readonly (readonly FactVector[])[]): number[] {
  const asked = symbolsOnFrame(question)
  // A video repeats itself: most of the time went into reading equal sentences.
  const shares = new Map<string, number>()
  const shareOf = (text: string): number => {
    const known = shares.get(text)
    if (known !== undefined || asked.length === 0) return known ?? 0
    const named = new Set(symbolsOnFrame(text))
    const share = asked.filter((symbol) => named.has(symbol)).length / asked.length
    shares.set(text, share)
    return share
  }
  const scoreOf = ({ text, vector }: FactVector): number => dot(vector, query) + SYMBOL_WEIGHT * shareOf(text)
  const best = frames.map((facts) => facts.reduce<number | null>((top, fact) => Math.max(top ?? -1, scoreOf(fact)), null))
  const least = best.reduce<number | null>((low, score) => (score === null ? low : Math.min(low ?? score, score)), null) ?? 0
  return best.map((score) => score ?? least)
}
