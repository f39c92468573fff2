import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameIndexSchema } from '../ids'
import type { ChosenFrame } from './frame-choice'
import { NEAR_DUPLICATE, proposalRows, repeats } from './proposal'

/** Candidates at frames 0, 10, 20 … */
const candidates = Array.from({ length: 6 }, (_, at) => ({ index: at * 10 }))
const curve = [0.1, 0.9, 0.3, 0.9, 0.5, 0]

function chosen(at: number, more: Partial<ChosenFrame> = {}): ChosenFrame {
  const index = frameIndexSchema.parse(at * 10)
  return {
    index,
    pts: at * 400,
    timeSec: at * 0.4,
    at,
    relevance: curve[at] ?? 0,
    signals: {},
    coverageGain: 0.2,
    nearest: null,
    asked: [],
    ...more,
  }
}

const rowsOf = (places: readonly number[], present: readonly { id: string; index: number | null }[]) =>
  proposalRows({ chosen: places.map((at) => chosen(at)), curve }, candidates, present)

describe('proposalRows', () => {
  it('tells what is new from what is a core frame already', () => {
    expect(rowsOf([1, 3], [{ id: 'f1', index: 30 }])).toEqual([
      { kind: 'new', frame: chosen(1), beside: { id: 'f1', distance: 20 } },
      { kind: 'same', frame: chosen(3), id: 'f1' },
    ])
  })

  it('calls a frame beside a core frame new, and says how far it lies', () => {
    expect(
      rowsOf(
        [3],
        [
          { id: 'f1', index: 2 },
          { id: 'f2', index: 31 },
        ],
      )[0],
    ).toMatchObject({ kind: 'new', beside: { id: 'f2', distance: 1 } })
  })

  it('has nothing beside it in a sample without core frames', () => {
    expect(rowsOf([0], [])).toEqual([{ kind: 'new', frame: chosen(0), beside: null }])
  })

  it('lists core frames that are not proposed, by the candidate nearest to them', () => {
    const rows = rowsOf(
      [1],
      [
        { id: 'f1', index: 41 },
        { id: 'f2', index: 10 },
        { id: 'f3', index: 50 },
      ],
    )
    expect(rows.slice(1)).toEqual([
      { kind: 'left', id: 'f1', index: 41, candidate: { index: 40, relevance: 0.5, rank: 3 } },
      { kind: 'left', id: 'f3', index: 50, candidate: { index: 50, relevance: 0, rank: 6 } },
    ])
  })

  it('gives equal relevance the same rank', () => {
    const rows = rowsOf(
      [0],
      [
        { id: 'f1', index: 10 },
        { id: 'f2', index: 30 },
      ],
    )
    expect(rows.slice(1)).toMatchObject([{ candidate: { rank: 1 } }, { candidate: { rank: 1 } }])
  })

  it('keeps a core frame that is tied to no frame, and says nothing of its relevance', () => {
    expect(rowsOf([0], [{ id: 'f1', index: null }])).toEqual([
      { kind: 'new', frame: chosen(0), beside: null },
      { kind: 'left', id: 'f1', index: null, candidate: null },
    ])
  })

  it('loses no core frame and no proposal, whatever they are', () => {
    const places = fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 6 })
    const indices = fc.uniqueArray(fc.nat({ max: 60 }), { maxLength: 8 })
    fc.assert(
      fc.property(places, indices, (at, present) => {
        const rows = rowsOf(
          at,
          present.map((index) => ({ id: `f${index}`, index })),
        )
        const proposals = rows.flatMap((row) => (row.kind === 'left' ? [] : [row.frame.index as number]))
        const ids = rows.flatMap((row) => (row.kind === 'new' ? [] : [row.id]))
        expect(proposals).toEqual(at.map((place) => place * 10))
        expect([...ids].sort()).toEqual(present.map((index) => `f${index}`).sort())
      }),
    )
  })
})

describe('repeats', () => {
  it('names the frame that shows the same', () => {
    expect(repeats(chosen(1, { nearest: { at: 3, cosine: NEAR_DUPLICATE } }), candidates)).toBe(30)
  })

  it('names none where frames differ, or where there is one frame alone', () => {
    expect(repeats(chosen(1, { nearest: { at: 3, cosine: NEAR_DUPLICATE - 0.01 } }), candidates)).toBeNull()
    expect(repeats(chosen(1), candidates)).toBeNull()
  })
})
