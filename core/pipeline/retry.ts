/** How often a stage is tried, and how long it waits in between. */
import type { ErrorCode } from '../errors'

const BASE_MS = 2000
const CAP_MS = 120_000
const MAX_ASKED_MS = 900_000

/** What may go away by itself gets five tries, an answer of the wrong shape three, everything else one. */
export function triesAllowed(code: ErrorCode): number {
  if (code === 'model_unavailable' || code === 'unavailable' || code === 'storage_full') return 5
  return code === 'model_bad_answer' || code === 'internal' ? 3 : 1
}

/**
 * Full exponential back-off with a quarter of jitter, in milliseconds: 2 s, 4 s, 8 s … at most two minutes. What the server
 * asked for (`Retry-After`) is a floor, itself cut at a quarter of an hour so that a mistaken header cannot stop a run.
 *
 * @param tries failed tries before this one, 0-based
 * @param askedMs what the server asked for; null = nothing
 * @param random 0 ≤ random < 1
 */
export function retryDelayMs(tries: number, askedMs: number | null, random: number): number {
  const own = Math.min(CAP_MS, BASE_MS * 2 ** Math.max(0, tries))
  const jittered = own * (0.75 + random / 2)
  const asked = askedMs === null || !Number.isFinite(askedMs) ? 0 : Math.min(MAX_ASKED_MS, Math.max(0, askedMs))
  return Math.round(Math.max(jittered, asked * (1 + random / 10)))
}
