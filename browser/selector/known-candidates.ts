/** Candidate frames of the last videos, and how alike they look: one request and one computation a video, not one a question. */
import type { CandidateFrames } from '@/core/selection/candidate-frames'
import type { Look } from '@/core/selection/look'
import { frameVectors } from '@/core/selection/signals/frame-vectors'
import type { Vector } from '@/core/selection/similarity'
import type { SelectorRequest } from './selector-types'

/** A run may sample or caption the video meanwhile; this late it is noticed. */
const FRESH_MS = 120_000
const MOST_VIDEOS = 8

type Asked = Pick<SelectorRequest, 'projectId' | 'video'>
type Kept = { readonly candidates: CandidateFrames; readonly at: number }

export type KnownCandidates = {
  /** @throws what the request throws */
  of(request: Asked, signal: AbortSignal): Promise<CandidateFrames>
  /** Unit vectors of the frames by their looks, which are the same at every call. */
  alike(candidates: CandidateFrames, looks: readonly Look[]): readonly Vector[]
}

export function knowCandidates(ask: (request: Asked, signal: AbortSignal) => Promise<CandidateFrames>, now: () => number): KnownCandidates {
  const kept = new Map<string, Kept>()
  const vectors = new WeakMap<CandidateFrames, readonly Vector[]>()
  return {
    async of(request, signal) {
      const key = `${request.projectId} ${request.video.id}`
      const known = kept.get(key)
      if (known !== undefined && now() - known.at < FRESH_MS) return known.candidates
      const candidates = await ask(request, signal)
      kept.delete(key)
      kept.set(key, { candidates, at: now() })
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_VIDEOS) break
        kept.delete(oldest)
      }
      return candidates
    },
    alike(candidates, looks) {
      const known = vectors.get(candidates) ?? frameVectors(looks.map(({ feature }) => feature))
      vectors.set(candidates, known)
      return known
    },
  }
}
