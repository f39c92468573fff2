import type { ReactNode } from 'react'
import { type DiffPart, diffLists, wordsOf } from '../word-diff'

/** Two texts as one, word by word: removed struck through, added underlined. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const parts = diffLists(wordsOf(before), wordsOf(after), (word) => word.trim())
  // biome-ignore lint/suspicious/noArrayIndexKey: a stretch of a text has no identity but its place
  return parts.map((part, place) => <Marked key={`${place}${part.kind}`} part={part} show={(words) => words.join('')} />)
}

/** One stretch; `show` draws its items. The space behind it stays outside of the mark. */
export function Marked<T>({ part, show }: { part: DiffPart<T>; show: (items: readonly T[]) => ReactNode }) {
  const content = show(part.items)
  if (part.kind === 'same') return content
  return part.kind === 'added' ? <ins>{content}</ins> : <del>{content}</del>
}
