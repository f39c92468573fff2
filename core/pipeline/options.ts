/**
 * Options of a question: the answer and three wrong ones (VideoEspresso §3.4 and its figures 11–12: the length of the reference
 * and of the longest distractor are balanced around no difference, so that length tells nothing).
 */
import { readOptions } from '../formats/videoespresso/options'
import { samePhraseKey } from '../words'
import type { WriteOptionsOutput } from './outputs'
import { randomFrom, seedOf, shuffled } from './random'

/** Wrong options a question has. */
export const DISTRACTOR_COUNT = 3

/** An open-ended sample: no options. */
export function openEnded(seed: number): WriteOptionsOutput {
  return { options: [], correctIndex: null, seed, lengthGap: null }
}

/** The seed that shuffles the options of one pair: of the project's seed and the pair, so that not all answers land on one letter. */
export function optionSeed(projectSeed: number, pairKey: string): number {
  return seedOf(`${projectSeed} ${pairKey}`)
}

/** Wrong options without labels, empty ones, the answer itself and repetitions (case, spaces and punctuation aside). */
function usable(answer: string, distractors: readonly string[]): string[] {
  const seen = new Set([samePhraseKey(answer)])
  return readOptions(distractors.map((text) => text.trim())).filter((text) => {
    const key = samePhraseKey(text)
    if (key === '' || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** All choices of `count` places out of `total`, in lexical order. */
function choices(total: number, count: number, from = 0): number[][] {
  if (count === 0) return [[]]
  const all: number[][] = []
  for (let first = from; first <= total - count; first += 1)
    for (const rest of choices(total, count - 1, first + 1)) all.push([first, ...rest])
  return all
}

/** Of more candidates than this only the first are looked at, so that a model's long list cannot cost time. */
const MAX_CANDIDATES = 12

/** The three whose longest is nearest to the answer in length, then those nearest to it altogether, then the first. */
function balanced(answer: string, candidates: readonly string[]): string[] | null {
  const gap = (text: string) => Math.abs(answer.length - text.length)
  let best: { texts: string[]; longest: number; sum: number } | null = null
  const few = candidates.slice(0, MAX_CANDIDATES)
  for (const places of choices(few.length, DISTRACTOR_COUNT)) {
    const texts = few.filter((_, at) => places.includes(at))
    const longest = Math.abs(answer.length - Math.max(...texts.map((text) => text.length)))
    const sum = texts.reduce((total, text) => total + gap(text), 0)
    if (best === null || longest < best.longest || (longest === best.longest && sum < best.sum)) best = { texts, longest, sum }
  }
  return best?.texts ?? null
}

/**
 * The options of a pair, shuffled by `seed`, which is recorded.
 *
 * @param distractors wrong answers as they came; labels like `(A):`, repetitions and the answer itself are taken out
 * @returns four options with the place of the right one and `lengthGap` = characters of the answer minus those of the longest
 * wrong one; null when fewer than three wrong ones are left
 */
export function makeOptions(answer: string, distractors: readonly string[], seed: number): WriteOptionsOutput | null {
  const right = answer.trim()
  const wrong = balanced(right, usable(right, distractors))
  if (wrong === null) return null
  const options = shuffled([right, ...wrong], randomFrom(seed))
  return { options, correctIndex: options.indexOf(right), seed, lengthGap: right.length - Math.max(...wrong.map((text) => text.length)) }
}
