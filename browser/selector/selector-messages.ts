/** What page and worker of the selector say to each other. A question is known by its number. */
import type { ErrorBody } from '@/core/errors'
import type { SelectorAnswer, SelectorProgress, SelectorRequest } from './selector-types'

export type ToSelector =
  | { readonly kind: 'suggest'; readonly id: number; readonly request: SelectorRequest }
  | { readonly kind: 'cancel'; readonly id: number }

/** Each question ends with one `answer`, `failed` or `stopped` (it was called off). */
export type FromSelector =
  | { readonly kind: 'progress'; readonly id: number; readonly progress: SelectorProgress }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: SelectorAnswer }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ErrorBody }
  | { readonly kind: 'stopped'; readonly id: number }
