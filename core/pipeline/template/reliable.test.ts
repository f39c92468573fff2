import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isClear, isOddlyLarge, isReliable, isSilent, labelOfTrack } from './reliable'

const evidence = (label: string, scores: readonly number[], more: { areaShare?: number; agreement?: number | null } = {}) => ({
  label,
  scores,
  areaShare: 0.05,
  agreement: null,
  ...more,
})

describe('isReliable', () => {
  it('asks for three good sightings', () => {
    expect(isReliable(evidence('car', [0.6, 0.5, 0.5]))).toBe(true)
    expect(isReliable(evidence('car', [0.9, 0.9]))).toBe(false)
    expect(isReliable(evidence('car', [0.4, 0.4, 0.4]))).toBe(false)
    expect(isReliable(evidence('car', []))).toBe(false)
  })

  it('takes one large and confident sighting', () => {
    expect(isReliable(evidence('dog', [0.9], { areaShare: 0.2 }))).toBe(true)
    expect(isReliable(evidence('dog', [0.9], { areaShare: 0.1 }))).toBe(false)
    expect(isReliable(evidence('dog', [0.8], { areaShare: 0.2 }))).toBe(false)
  })

  it.each(['skis', 'teddy bear', 'tie', 'sports ball', 'frisbee', 'remote', 'kite', 'toothbrush', 'cell phone'])(
    'never speaks of %s',
    (label) => {
      expect(isSilent(label)).toBe(true)
      expect(isReliable(evidence(label, Array(50).fill(0.99), { areaShare: 0.3 }))).toBe(false)
      expect(isClear(label, 1)).toBe(false)
    },
  )

  it('asks more of names that fill pictures in which nothing is known', () => {
    expect(isReliable(evidence('boat', [0.7, 0.7, 0.7, 0.7, 0.7]))).toBe(false)
    expect(isReliable(evidence('boat', [0.9, 0.9, 0.9, 0.9]))).toBe(false)
    expect(isReliable(evidence('boat', [0.9, 0.9, 0.9, 0.9, 0.8]))).toBe(true)
    expect(isClear('boat', 0.99)).toBe(false)
    expect(isClear('car', 0.6)).toBe(true)
    expect(isClear('car', 0.59)).toBe(false)
  })

  it('listens to a second look', () => {
    expect(isReliable(evidence('car', [0.9, 0.9, 0.9], { agreement: 0.2 }))).toBe(false)
    expect(isReliable(evidence('car', [0.9, 0.9, 0.9], { agreement: 0.7 }))).toBe(true)
  })

  it('does not lose trust by seeing the thing once more, as well as before', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('car', 'boat'),
        fc.array(fc.double({ min: 0.45, max: 1, noNaN: true }), { minLength: 3 }),
        (label, scores) => {
          fc.pre(isReliable(evidence(label, scores)))
          expect(isReliable(evidence(label, [...scores, Math.max(...scores)]))).toBe(true)
        },
      ),
    )
  })
})

describe('labelOfTrack', () => {
  it('is what most of the score says, silent names at half weight', () => {
    expect(
      labelOfTrack([
        { label: 'car', score: 0.9 },
        { label: 'suitcase', score: 0.7 },
        { label: 'car', score: 0.4 },
      ]),
    ).toBe('car')
    expect(
      labelOfTrack([
        { label: 'car', score: 0.5 },
        { label: 'truck', score: 0.5 },
      ]),
    ).toBeNull()
    expect(
      labelOfTrack([
        { label: 'cell phone', score: 0.9 },
        { label: 'cell phone', score: 0.9 },
      ]),
    ).toBe('cell phone')
    expect(labelOfTrack([])).toBeNull()
    expect(labelOfTrack([{ label: 'car', score: 0 }])).toBeNull()
  })

  it('does not depend on the order', () => {
    const vote = fc.record({ label: fc.constantFrom('car', 'truck', 'mouse'), score: fc.constantFrom(0.25, 0.5, 0.75) })
    fc.assert(
      fc.property(fc.array(vote), (votes) => {
        expect(labelOfTrack([...votes].reverse())).toBe(labelOfTrack(votes))
      }),
    )
  })
})

describe('isOddlyLarge', () => {
  const usual = [90, 95, 100, 100, 105, 110, 110, 115]

  it('is one box around two things, where things are of one size', () => {
    expect(isOddlyLarge(240, usual)).toBe(true)
    expect(isOddlyLarge(120, usual)).toBe(false)
  })

  it('says nothing where sizes differ anyway, or little is known', () => {
    expect(isOddlyLarge(900, [10, 20, 50, 100, 200, 300, 400, 500])).toBe(false)
    expect(isOddlyLarge(900, usual.slice(1))).toBe(false)
  })

  it('never holds for the smaller three quarters', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 8 }), (areas) => {
        const sorted = [...areas].sort((a, b) => a - b)
        expect(isOddlyLarge(sorted[Math.floor((sorted.length * 3) / 4)] ?? 0, areas)).toBe(false)
      }),
    )
  })
})
