/** A call to a model that costs money or time, as whoever books it sees it. */
import type { Provenance } from '../provenance'

/**
 * `content` = everything that decides the answer, pictures by their sha256: canonical JSON of it is hashed to remember the
 * answer. Token counts of `worstCase` are upper bounds.
 */
export type ModelCallRequest = {
  readonly role: string
  readonly provider: string
  readonly model: string
  readonly content: unknown
  readonly worstCase: { readonly inputTokens: number; readonly outputTokens: number }
  readonly promptHash: string | null
  readonly parameters: Provenance['parameters']
}

/** `answer` = JSON, as it is stored and given back when the same call is made again; `usage` in tokens. */
export type ModelCallOutcome = { readonly answer: unknown; readonly usage: { readonly inputTokens: number; readonly outputTokens: number } }
