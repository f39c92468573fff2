import { numberOf } from './scene-words'

const DIMENSIONS = 64

/** Bag of words: texts that share words are close, equal texts are equal. Not of unit length, as real providers need not be. */
export function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    const hash = numberOf(word)
    vector[hash % DIMENSIONS] = (vector[hash % DIMENSIONS] ?? 0) + ((hash >>> 8) % 2 === 0 ? 1 : -1) * (1 + ((hash >>> 16) % 100) / 100)
  }
  return vector.some((value) => value !== 0) ? vector : vector.map((_, place) => (place === 0 ? 1 : 0))
}
