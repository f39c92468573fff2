import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { captionLifo } from './caption-lifo'
import { angle, areIndices, sceneArbitrary } from './selection.fixture'
import { dot } from './similarity'

/** Question at `asked` degrees, one caption at each angle. */
const at = (degrees: readonly number[], asked: number, k: number, tau = 0.9) => {
  const captions = degrees.map(angle)
  return captionLifo(
    captions.map((caption) => dot(caption, angle(asked))),
    captions,
    k,
    tau,
  )
}

describe('captionLifo', () => {
  it('ranks what is left when repetitions are gone, by hand', () => {
    // cos 20° = .94, cos 30° = .87. 0 stays, 20 repeats it, 50 is new, 60 repeats 50, 120 is new.
    expect(at([0, 20, 50, 60, 120], 55, 2)).toEqual([2, 0])
    expect(at([0, 20, 50, 60, 120], 55, 3)).toEqual([2, 0, 4])
  })

  it('compares with the last kept caption, so that a slow change is seen', () => {
    // Each is 15° from the one before; against the last kept one 30° is enough.
    expect(at([0, 15, 30, 45], 45, 2)).toEqual([2, 0])
  })

  it('fills up with repetitions when nothing else is left', () => {
    expect(at([0, 1, 2, 90], 2, 3)).toEqual([0, 3, 2])
    expect(at([10, 10, 10], 0, 2)).toEqual([0, 2])
  })

  it('keeps everything with a τ above 1 and one frame of each kind with a low one', () => {
    expect(at([0, 1, 2, 3], 3, 2, 1.5)).toEqual([3, 2])
    expect(at([0, 40, 80, 120], 120, 1, 0.1)).toEqual([3])
  })

  it('spreads over the survivors when the question says nothing about them', () => {
    // All at right angles to each other and to the question.
    const rows = Array.from({ length: 6 }, (_, row) => Array.from({ length: 7 }, (__, column) => (row === column ? 1 : 0)))
    expect(
      captionLifo(
        rows.map(() => 0),
        rows,
        2,
        0.9,
      ),
    ).toEqual([1, 4])
  })

  it('gives min(k, n) distinct frames', () => {
    fc.assert(
      fc.property(sceneArbitrary(), fc.integer({ min: 1, max: 30 }), fc.double({ min: 0.1, max: 1.5, noNaN: true }), (scene, k, tau) => {
        const scores = scene.captions.map((caption) => dot(caption, scene.query))
        const indices = captionLifo(scores, scene.captions, k, tau)
        expect(indices.length).toBe(Math.min(k, scores.length))
        expect(areIndices(indices, scores.length)).toBe(true)
      }),
    )
  })

  it('takes a repetition only when no other caption is left', () => {
    fc.assert(
      fc.property(sceneArbitrary(12), fc.integer({ min: 1, max: 12 }), (scene, k) => {
        const scores = scene.captions.map((caption) => dot(caption, scene.query))
        let top = 0
        const kept = scores.map((_, index) => {
          const isNew = index === 0 || dot(scene.captions[index] ?? [], scene.captions[top] ?? []) < 0.9
          if (isNew) top = index
          return isNew
        })
        const indices = captionLifo(scores, scene.captions, k, 0.9)
        const repetitions = indices.filter((index) => kept[index] !== true).length
        expect(repetitions).toBe(Math.max(0, indices.length - kept.filter(Boolean).length))
      }),
    )
  })
})
