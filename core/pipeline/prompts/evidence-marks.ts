/** Sentences with marked mentions, `[[0|The man]] lifts [[2]]`, as a model writes them, into the tokens of an evidence step. */
import { AppError } from '../../errors'
import type { EvidenceToken } from '../outputs'

const MARK = /\[\[\s*(\d{1,4})\s*(?:\|([^[\]]*))?\]\]/g

/**
 * Tokens of a sentence, in order, neighbouring text joined, no empty text. A mark without words takes the phrase of its object.
 * The tokens' texts joined are the sentence without its marks.
 *
 * Throws AppError model_bad_answer when a mark names an object that is not in `phrases`, when marks are broken, or when nothing
 * is left to read.
 */
export function tokensOfSentence(sentence: string, phrases: readonly string[]): EvidenceToken[] {
  const tokens: EvidenceToken[] = []
  let end = 0
  for (const match of sentence.matchAll(MARK)) {
    pushText(tokens, sentence.slice(end, match.index))
    tokens.push(mentionOf(Number(match[1]), match[2], phrases))
    end = match.index + match[0].length
  }
  pushText(tokens, sentence.slice(end))
  if (tokens.every((token) => token.text.trim() === '')) throw badSentence('An evidence step is empty.')
  return tokens
}

function mentionOf(object: number, words: string | undefined, phrases: readonly string[]): EvidenceToken {
  const phrase = phrases[object]
  if (phrase === undefined) throw badSentence(`An evidence step names object ${object}, and there are ${phrases.length}.`)
  const text = words?.trim() ?? ''
  return { kind: 'mention', text: (text === '' ? phrase : text).slice(0, 2000), object }
}

function pushText(tokens: EvidenceToken[], text: string): void {
  if (text.includes('[[') || text.includes(']]')) throw badSentence('An evidence step has a broken mark of an object.')
  if (text !== '') tokens.push({ kind: 'text', text })
}

function badSentence(message: string): AppError {
  return new AppError('model_bad_answer', `${message} The answer of the model was not used.`)
}
