import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mmr } from './mmr'
import { angle, areIndices, relevanceOf, sceneArbitrary } from './selection.fixture'
import { dot, type Vector } from './similarity'

/** The formula as it stands in the docstring, with nothing kept between picks. */
function slowMmr(scores: readonly number[], vectors: readonly Vector[], k: number, lambda: number): number[] {
  const chosen: number[] = []
  while (chosen.length < Math.min(k, scores.length)) {
    let best = -1
    let bestGain = Number.NEGATIVE_INFINITY
    for (const [index, score] of scores.entries()) {
      if (chosen.includes(index)) continue
      const likeness = chosen.map((other) => dot(vectors[other] ?? [], vectors[index] ?? []))
      const gain = lambda * score - (1 - lambda) * (likeness.length === 0 ? 0 : Math.max(...likeness))
      const isTie = gain === bestGain && score > (scores[best] ?? 0)
      if (gain > bestGain || isTie) [best, bestGain] = [index, gain]
    }
    chosen.push(best)
  }
  return chosen
}

describe('mmr', () => {
  // Question at 0°; frames at 0°, 10°, 60°: relevance 1, .985, .5.
  const vectors = [0, 10, 60].map(angle)
  const scores = vectors.map((vector) => dot(vector, angle(0)))

  it('prefers the different frame with λ = ½ and the relevant one with λ = .9, by hand', () => {
    // After frame 0, λ = ½: frame 1 gives .5 · .985 − .5 · .985 = 0, frame 2 .5 · .5 − .5 · .5 = 0: a tie, the more relevant.
    expect(mmr(scores, vectors, 2, { lambda: 0.5 })).toEqual([0, 1])
    // λ = .4: frame 1 −.197, frame 2 −.1.
    expect(mmr(scores, vectors, 2, { lambda: 0.4 })).toEqual([0, 2])
    expect(mmr(scores, vectors, 2, { lambda: 0.9 })).toEqual([0, 1])
  })

  it('is top-k with λ = 1', () => {
    expect(mmr([0.2, 0.9, 0.5], vectors, 3, { lambda: 1 })).toEqual([1, 2, 0])
  })

  it('looks for difference alone with λ = 0', () => {
    const around = [0, 5, 90, 180].map(angle)
    expect(mmr([1, 0, 0, 0], around, 3, { lambda: 0 })).toEqual([0, 3, 2])
  })

  it('takes only frames of the pool', () => {
    expect(mmr(scores, vectors, 3, { lambda: 0.5, pool: [2] })).toEqual([2])
    expect(mmr(scores, vectors, 3, { lambda: 0.5, pool: [] })).toEqual([])
  })

  it('goes on from frames that are chosen', () => {
    expect(mmr(scores, vectors, 2, { lambda: 0.4, start: [2] })).toEqual([2, 0])
    expect(mmr(scores, vectors, 1, { lambda: 0.4, start: [2, 1] })).toEqual([2])
  })

  it('agrees with the formula worked out anew for each pick', () => {
    fc.assert(
      fc.property(sceneArbitrary(14), fc.integer({ min: 1, max: 16 }), fc.double({ min: 0, max: 1, noNaN: true }), (scene, k, lambda) => {
        const relevance = relevanceOf(scene)
        const indices = mmr(relevance, scene.frames, k, { lambda })
        expect(indices).toEqual(slowMmr(relevance, scene.frames, k, lambda))
        expect(areIndices(indices, relevance.length)).toBe(true)
        expect(indices.length).toBe(Math.min(k, relevance.length))
      }),
    )
  })

  it('chooses the same pictures in any order of frames when none tie', () => {
    const frames = [3, 17, 29, 44, 58, 71, 83].map(angle)
    const relevance = (all: readonly Vector[]) => all.map((vector) => dot(vector, angle(20)))
    const turned = [...frames].reverse()
    const chosen = (all: readonly Vector[]) => mmr(relevance(all), all, 3, { lambda: 0.6 }).map((index) => all[index])
    expect(chosen(turned)).toEqual(chosen(frames))
  })
})
