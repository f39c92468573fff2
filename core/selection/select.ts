/** Choosing frames by any method: one call for the browser, the worker and the command line. */
import { adaptiveK } from './adaptive-k'
import { aks } from './aks'
import { bolt } from './bolt'
import { captionLifo } from './caption-lifo'
import { dpp } from './dpp'
import { eventAnchored } from './event-anchored'
import { focus } from './focus'
import { mmr } from './mmr'
import { qFrame } from './q-frame'
import { type Candidates, checkInput, checkScored, type ScoredInput, type UncheckedInput } from './selection-input'
import { checkOptions, MOST_ADAPTIVE, type SelectionMethod, type SelectionOptions } from './selection-options'
import { dot } from './similarity'
import { topK } from './top-k'
import { uniform } from './uniform'

/**
 * `indices` = positions in `frames`, in time order, distinct; `scores` = relevance of those frames and `timeSec` their times in
 * seconds, same order; `curve` = relevance of every frame, −1 to 1; `lookedAt` = how many frames the method had to score.
 */
export type Selection = {
  readonly method: SelectionMethod
  readonly indices: readonly number[]
  readonly scores: readonly number[]
  readonly timeSec: readonly number[]
  readonly curve: readonly number[]
  readonly lookedAt: number
}

type Settings = ReturnType<typeof checkOptions>
type Picked = { readonly indices: readonly number[]; readonly lookedAt: number }

function pick(method: SelectionMethod, input: Candidates, curve: readonly number[], options: Settings): Picked {
  const { frames, captions = [], timeSec } = input
  const { k } = options
  const all = (indices: readonly number[]): Picked => ({ indices, lookedAt: frames.length })
  switch (method) {
    case 'uniform':
      return { indices: uniform(frames.length, k), lookedAt: 0 }
    case 'topk':
      return all(topK(curve, k))
    case 'bolt':
      return all(bolt(curve, k, options.alpha))
    case 'aks':
      return all(aks(curve, k, { threshold: options.threshold, maxDepth: options.depth }))
    case 'qframe':
      return all(qFrame(curve, k, options.tau, options.seed))
    case 'focus':
      return focus((indices) => indices.map((index) => curve[index] ?? 0), timeSec, k, options)
    case 'mmr':
      return all(mmr(curve, frames, k, { lambda: options.lambda }))
    case 'dpp':
      return all(dpp(curve, frames, k, options))
    case 'lifo':
      return all(captionLifo(curve, captions, k, options.tau))
    case 'event':
      return all(eventAnchored(curve, frames, k, options))
    case 'adaptive':
      return all(adaptiveK(curve, frames, { ...options, most: Math.min(k, MOST_ADAPTIVE) }))
  }
}

function choose(method: SelectionMethod, input: Candidates, curve: readonly number[], settings: Settings): Selection {
  const { frames, timeSec } = input
  const isAll = frames.length <= settings.k && method !== 'adaptive'
  const picked = isAll ? { indices: frames.map((_, index) => index), lookedAt: 0 } : pick(method, input, curve, settings)
  const indices = [...picked.indices].sort((a, b) => a - b)
  const of = (values: readonly number[]) => indices.map((index) => values[index] ?? 0)
  return { method, indices, scores: of(curve), timeSec: of(timeSec), curve, lookedAt: picked.lookedAt }
}

/**
 * Chooses frames for a question. Relevance is ⟨frame, question⟩, of `lifo` ⟨caption, question⟩. The same input, method, options and
 * seed give the same frames everywhere.
 *
 * With no more frames than `k`, all frames are the answer, except of `adaptive`, which takes 1 to min(k, 6) by need.
 *
 * @throws AppError `invalid_input` naming field and row, or the option
 */
export function select(method: SelectionMethod, input: UncheckedInput, options: SelectionOptions): Selection {
  const settings = checkOptions(method, options)
  const checked = checkInput(input, method === 'lifo')
  const { query, frames, captions = [] } = checked
  const curve = (method === 'lifo' ? captions : frames).map((vector) => dot(vector, query))
  return choose(method, checked, curve, settings)
}

/**
 * `select` where the relevance of each frame is known already, as from blended signals: `scores` take the place of the cosines, and
 * `frames` only tell which frames are alike.
 *
 * @throws AppError `invalid_input` naming field and row, or the option
 */
export function selectScored(method: SelectionMethod, input: ScoredInput, options: SelectionOptions): Selection {
  const settings = checkOptions(method, options)
  return choose(method, checkScored(input, method === 'lifo'), input.scores, settings)
}
