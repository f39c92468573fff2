/** What an answer of the template writer claims, read back from its words, so that a judge need not trust the writer. */
import { coloursInAnswer } from './questions/colours'
import { companyInAnswer } from './questions/company'
import { countsInAnswer } from './questions/counts'
import { directionInAnswer } from './questions/direction'
import { distanceInAnswer } from './questions/distance'
import { kindsInAnswer } from './questions/kinds'

/** What an answer says, read back from its words, so that a judge can check it against the facts. */
export type Claim =
  | { readonly kind: 'direction' | 'distance'; readonly direction: string }
  | { readonly kind: 'colours' | 'kinds'; readonly first: string; readonly second: string }
  | { readonly kind: 'counts'; readonly before: number; readonly after: number }
  | { readonly kind: 'company'; readonly label: string }

/** The claim of an answer; null when no template writes such an answer. */
export function claimOf(answer: string): Claim | null {
  const direction = directionInAnswer(answer)
  if (direction !== null) return { kind: 'direction', direction }
  const distance = distanceInAnswer(answer)
  if (distance !== null) return { kind: 'distance', direction: distance }
  const counts = countsInAnswer(answer)
  if (counts !== null) return { kind: 'counts', before: counts[0], after: counts[1] }
  const colours = coloursInAnswer(answer)
  if (colours !== null) return { kind: 'colours', first: colours[0], second: colours[1] }
  const kinds = kindsInAnswer(answer)
  if (kinds !== null) return { kind: 'kinds', first: kinds[0], second: kinds[1] }
  const label = companyInAnswer(answer)
  return label === null ? null : { kind: 'company', label }
}
