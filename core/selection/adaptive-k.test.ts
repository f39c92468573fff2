import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomFrom } from '../pipeline/random'
import { adaptiveK, coverageGains } from './adaptive-k'
import { angle, areIndices, relevanceOf, sceneArbitrary, unit } from './selection.fixture'
import { dot, meanOf, normalised } from './similarity'

const usual = { most: 6, rho: 0.7, epsilon: 0.05 }

describe('adaptiveK', () => {
  it('stops when further frames show the same, by hand', () => {
    // Three pictures of one thing and one of another, all equally far from the question, and one frame that is not relevant.
    const vectors = [unit([1, 1, 0]), unit([1, 1, 0]), unit([1, 1, 0]), unit([1, 0, 1]), unit([-1, 0, 0])]
    const scores = [0.9, 0.8, 0.8, 0.8, 0]
    // ŝ = 1, .889 ×3. First frame 0; C = (1 + .889 + .889 + .889 · ½) / 3.667 = .879. Frame 3 adds .889 · ½ / 3.667 = .121.
    expect(adaptiveK(scores, vectors, { ...usual, epsilon: 0.12 })).toEqual([0, 3])
    expect(adaptiveK(scores, vectors, { ...usual, epsilon: 0.122 })).toEqual([0])
  })

  it('looks only at frames near the best', () => {
    const vectors = [0, 90, 180].map(angle)
    expect(adaptiveK([1, 0.65, 0], vectors, { ...usual, rho: 0.7 })).toEqual([0])
    expect(adaptiveK([1, 0.65, 0], vectors, { ...usual, rho: 0.6 })).toEqual([0, 1])
  })

  it('takes one frame of a still video and one of one frame', () => {
    expect(adaptiveK(new Array(20).fill(0.4), new Array(20).fill(angle(7)), usual)).toHaveLength(1)
    expect(adaptiveK([0.4], [angle(7)], usual)).toEqual([0])
  })

  it('goes by coverage alone when the question tells nothing', () => {
    const rows = Array.from({ length: 8 }, (_, row) => Array.from({ length: 8 }, (__, column) => (row === column ? 1 : 0)))
    expect(adaptiveK(new Array(8).fill(0), rows, usual)).toHaveLength(6)
    const two = [angle(0), angle(2), angle(4), angle(90)]
    // The third stands for its neighbours and is the nearest to the last.
    expect(adaptiveK(new Array(4).fill(0.1), two, usual)).toEqual([2, 3])
  })

  it('never takes more than it may', () => {
    const rows = Array.from({ length: 8 }, (_, row) => Array.from({ length: 8 }, (__, column) => (row === column ? 1 : 0)))
    for (const most of [1, 2, 6]) expect(adaptiveK(new Array(8).fill(0), rows, { ...usual, most })).toHaveLength(most)
  })

  it('weighs the best 256 of many frames, and even ones when none is best', () => {
    const vectors = Array.from({ length: 900 }, (_, at) => angle((at / 900) * 60))
    const scores = vectors.map((vector) => dot(vector, angle(30)))
    const [first] = adaptiveK(scores, vectors, { ...usual, rho: 0 })
    expect(first).toBe(450)
    const flat = adaptiveK(
      vectors.map(() => 0.5),
      vectors,
      { ...usual, epsilon: 0.001 },
    )
    expect(areIndices(flat, 900)).toBe(true)
    expect(Math.max(...flat) - Math.min(...flat)).toBeGreaterThan(300)
  })

  it('begins with the most relevant frame, stays above ρ, and takes 1 to 6', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.double({ min: 0, max: 1, noNaN: true }), (scene, rho) => {
        const scores = relevanceOf(scene)
        const indices = adaptiveK(scores, scene.frames, { ...usual, rho })
        expect(indices.length).toBeGreaterThanOrEqual(1)
        expect(indices.length).toBeLessThanOrEqual(6)
        expect(areIndices(indices, scores.length)).toBe(true)
        const relative = normalised(scores)
        if (relative === null) return
        expect(relative[indices[0] ?? 0]).toBe(1)
        for (const index of indices) expect(relative[index]).toBeGreaterThanOrEqual(rho)
      }),
    )
  })

  it('takes no more frames when a frame has to add more', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.double({ min: 0, max: 0.5, noNaN: true }), (scene, epsilon) => {
        const scores = relevanceOf(scene)
        const [few, many] = [epsilon + 0.1, epsilon].map((each) => adaptiveK(scores, scene.frames, { ...usual, epsilon: each }))
        expect(many?.slice(0, few?.length)).toEqual(few)
      }),
    )
  })

  it('takes two or three frames of a video in which the asked thing happens in a few places', () => {
    const random = randomFrom(11)
    const noise = () => random() - 0.5
    const sizes = Array.from({ length: 60 }, () => {
      const places = 1 + Math.floor(random() * 4)
      // 48 frames; shots of 6 frames, the first `places` of them about the question (axis 0), each in its own setting.
      const frames = Array.from({ length: 48 }, (_, at) => {
        const shot = Math.floor(at / 6)
        return unit(
          Array.from({ length: 12 }, (__, axis) => (axis === 0 && shot < places ? 1 : 0) + (axis === shot + 1 ? 1 : 0) + noise() / 4),
        )
      })
      return adaptiveK(
        frames.map((frame) => frame[0] ?? 0),
        frames,
        usual,
      ).length
    })
    expect(meanOf(sizes)).toBeGreaterThan(2)
    expect(meanOf(sizes)).toBeLessThan(3.2)
  })
})

describe('coverageGains', () => {
  it('are what the frames add, by hand', () => {
    const vectors = [unit([1, 1, 0]), unit([1, 1, 0]), unit([1, 1, 0]), unit([1, 0, 1]), unit([-1, 0, 0])]
    const scores = [0.9, 0.8, 0.8, 0.8, 0]
    // As in the test of adaptiveK: C = .879 with frame 0, frame 3 adds .121, frame 1 shows the same again.
    const gains = coverageGains(scores, vectors, [0, 3, 1], 0.7)
    expect(gains).toEqual([expect.closeTo(0.8788, 4), expect.closeTo(0.1212, 4), 0])
    // Frame 4 looks away from all of them.
    expect(coverageGains(scores, vectors, [4, 0], 0.7)).toEqual([0, expect.closeTo(0.8788, 4)])
  })

  it('of all relevant frames add up to 1, and never fall below 0', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.double({ min: 0, max: 1, noNaN: true }), (scene, rho) => {
        const scores = relevanceOf(scene)
        const gains = coverageGains(
          scores,
          scene.frames,
          scores.map((_, index) => index),
          rho,
        )
        expect(gains.every((gain) => gain >= 0)).toBe(true)
        expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(1, 6)
      }),
    )
  })

  it('are what adaptive k went by: each above ε, and no other frame would have added more', () => {
    fc.assert(
      fc.property(sceneArbitrary(12), (scene) => {
        const scores = relevanceOf(scene)
        const order = adaptiveK(scores, scene.frames, usual)
        const gains = coverageGains(scores, scene.frames, order, usual.rho)
        for (const [at, gain] of gains.entries()) {
          if (at === 0) continue
          expect(gain).toBeGreaterThan(usual.epsilon - 1e-9)
          const others = order.slice(0, at)
          for (const index of scores.keys()) {
            const relative = normalised(scores)?.[index] ?? 1
            if (relative < usual.rho || others.includes(index)) continue
            expect(coverageGains(scores, scene.frames, [...others, index], usual.rho).at(-1)).toBeLessThanOrEqual(gain + 1e-9)
          }
        }
      }),
    )
  })

  it('are empty for no choice', () => {
    expect(coverageGains([1, 2], [angle(0), angle(90)], [], 0.5)).toEqual([])
  })
})
