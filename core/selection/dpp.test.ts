import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dpp } from './dpp'
import { angle, areIndices, determinant, relevanceOf, sceneArbitrary, unit } from './selection.fixture'
import { dot, normalised, type Vector } from './similarity'

const open = { beta: 1, gate: 0 }

/** det of the kernel L over these frames, with β as given. */
function volume(scores: readonly number[], vectors: readonly Vector[], chosen: readonly number[], beta: number): number {
  const relative = normalised(scores) ?? scores.map(() => 0)
  const quality = (index: number) => Math.exp(beta * (relative[index] ?? 0))
  return determinant(
    chosen.map((a) => chosen.map((b) => quality(a) * quality(b) * (a === b ? 1 : dot(vectors[a] ?? [], vectors[b] ?? [])))),
  )
}

describe('determinant', () => {
  it('is right, so that it can judge', () => {
    expect(
      determinant([
        [2, 1],
        [1, 2],
      ]),
    ).toBeCloseTo(3, 12)
    expect(
      determinant([
        [0, 1, 0],
        [1, 0, 0],
        [0, 0, 5],
      ]),
    ).toBeCloseTo(-5, 12)
    expect(
      determinant([
        [1, 1],
        [1, 1],
      ]),
    ).toBe(0)
  })
})

describe('dpp', () => {
  it('weighs relevance against volume, by hand', () => {
    // Question at 0°; frames at 0°, 30°, 90°: ŝ = 1, .866, 0. After frame 0 the volumes are e^(2β·.866) · sin²30° and e^0 · 1.
    const vectors = [0, 30, 90].map(angle)
    const scores = vectors.map((vector) => dot(vector, angle(0)))
    // β = ½: 2.377 · ¼ = .594 < 1. β = 1: 5.65 · ¼ = 1.41 > 1.
    expect(dpp(scores, vectors, 2, { beta: 0.5, gate: 0 })).toEqual([0, 2])
    expect(dpp(scores, vectors, 2, { beta: 1, gate: 0 })).toEqual([0, 1])
  })

  it('adds at each step the frame with the largest determinant', () => {
    fc.assert(
      fc.property(sceneArbitrary(9, 5), fc.integer({ min: 1, max: 4 }), fc.double({ min: 0, max: 3, noNaN: true }), (scene, k, beta) => {
        const scores = relevanceOf(scene)
        const indices = dpp(scores, scene.frames, k, { beta, gate: 0 })
        for (const at of indices.keys()) {
          const before = indices.slice(0, at)
          const others = scores.map((_, index) => index).filter((index) => !before.includes(index))
          const best = Math.max(...others.map((index) => volume(scores, scene.frames, [...before, index], beta)))
          const own = volume(scores, scene.frames, indices.slice(0, at + 1), beta)
          // Where nothing new is left all determinants are 0 and relevance fills up.
          expect(own).toBeGreaterThanOrEqual(best - 1e-5 * Math.exp(2 * beta * (at + 1)))
        }
      }),
    )
  })

  it('never takes a duplicate while something new is left', () => {
    const vectors = [angle(0), angle(0), angle(0), angle(40)]
    expect(dpp([0.9, 0.9, 0.9, 0.1], vectors, 2, { beta: 0.1, gate: 0 })).toEqual([0, 3])
    expect(dpp([0.9, 0.9, 0.9, 0.1], vectors, 3, { beta: 0.1, gate: 0 })).toHaveLength(3)
  })

  it('fills up when all frames are the same', () => {
    const same = new Array(9).fill(unit([1, 2, 3]))
    expect(dpp(new Array(9).fill(0.3), same, 3, open)).toEqual([0, 8, 4])
  })

  it('fills up when there are more frames than dimensions', () => {
    const vectors = [0, 20, 50, 75].map(angle)
    const indices = dpp([0.4, 0.3, 0.2, 0.1], vectors, 4, open)
    expect([...indices].sort()).toEqual([0, 1, 2, 3])
  })

  it('leaves relevance out when no frame stands out', () => {
    const vectors = [0, 10, 80].map(angle)
    // max − mean = .02: below the gate only the angles count, above it a large β wins.
    const scores = [0.33, 0.32, 0.28]
    expect(dpp(scores, vectors, 2, { beta: 5, gate: 0.03 })).toEqual([0, 2])
    expect(dpp(scores, vectors, 2, { beta: 5, gate: 0.01 })).toEqual([0, 1])
  })

  it('starts with the most relevant frame, with and without the gate', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.boolean(), (scene, isGated) => {
        const scores = relevanceOf(scene)
        const [first] = dpp(scores, scene.frames, 1, { beta: 1, gate: isGated ? 2 : 0 })
        expect(scores[first ?? -1]).toBeCloseTo(Math.max(...scores), 5)
      }),
    )
  })

  it('gives min(k, n) distinct frames, also with a β that would overflow e^(β ŝ)', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.integer({ min: 1, max: 30 }), fc.constantFrom(0, 1, 1000), (scene, k, beta) => {
        const scores = relevanceOf(scene)
        const indices = dpp(scores, scene.frames, k, { beta, gate: 0 })
        expect(indices.length).toBe(Math.min(k, scores.length))
        expect(areIndices(indices, scores.length)).toBe(true)
      }),
    )
  })
})
