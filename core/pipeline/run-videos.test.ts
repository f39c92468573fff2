import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CellCount, cellSchema, cellsOf, runVideosPageSchema } from './run-videos'
import { STAGE_NAMES, STAGES, type StageName } from './stages'

const count = (stage: string, more: Partial<CellCount> = {}): CellCount => ({
  stage,
  done: 0,
  memory: 0,
  running: 0,
  waiting: 0,
  retrying: 0,
  failed: 0,
  cancelled: 0,
  ...more,
})
const stateOf = (counts: CellCount[], stage: StageName) => cellsOf(counts)[STAGE_NAMES.indexOf(stage)]

const FILTERED = STAGE_NAMES.slice(0, 6).map((stage) => count(stage, { done: 1 }))

describe('cellsOf', () => {
  it('makes one cell a stage, in order, also of nothing', () => {
    expect(cellsOf([])).toHaveLength(15)
    expect(new Set(cellsOf([]).map(({ state }) => state))).toEqual(new Set(['waiting']))
  })

  it.each([
    ['waiting', { waiting: 1 }],
    ['running', { running: 1 }],
    ['retrying', { waiting: 1, retrying: 1 }],
    ['done', { done: 1 }],
    ['memory', { done: 1, memory: 1 }],
    ['failed', { failed: 1 }],
    ['cancelled', { cancelled: 1 }],
  ] as const)('of a stage of the video: %s', (state, more) => {
    expect(stateOf([count('caption', more)], 'caption')).toMatchObject({ state, total: 1 })
  })

  it('sums drafts: begun is not done until the fullest stage is reached', () => {
    const drafts = [count('pick-core-frames', { done: 3 }), count('name-objects', { done: 2 }), count('write-evidence', { running: 1 })]
    const counts = [...FILTERED, ...drafts]
    expect(stateOf(counts, 'pick-core-frames')).toEqual({ state: 'done', done: 3, total: 3, failed: 0 })
    expect(stateOf(counts, 'name-objects')).toEqual({ state: 'running', done: 2, total: 3, failed: 0 })
    expect(stateOf(counts, 'write-evidence')).toMatchObject({ state: 'running', total: 3 })
    expect(stateOf(counts, 'ground')).toMatchObject({ state: 'waiting', total: 3 })
  })

  it('lets a failure stand before everything else, and another try before work', () => {
    expect(stateOf([count('ground', { done: 4, running: 2, failed: 1 })], 'ground')).toMatchObject({ state: 'failed', failed: 1 })
    expect(stateOf([count('ground', { done: 4, running: 2, waiting: 1, retrying: 1 })], 'ground')?.state).toBe('retrying')
  })

  it('is from memory only when all of it is', () => {
    expect(stateOf([count('ground', { done: 4, memory: 3 })], 'ground')?.state).toBe('done')
    expect(stateOf([count('ground', { done: 4, memory: 4 })], 'ground')?.state).toBe('memory')
  })

  it('says that there is nothing to do when no question was kept', () => {
    const cells = cellsOf(FILTERED)
    expect(cells.slice(6).every(({ state }) => state === 'none')).toBe(true)
    expect(cells.slice(0, 6).every(({ state }) => state === 'done')).toBe(true)
  })

  it('leaves a stage it does not know aside', () => {
    expect(cellsOf([count('daydream', { done: 4 })])).toEqual(cellsOf([]))
  })

  it('is always a cell of the schema, with no more done than there is', () => {
    const small = fc.nat(9)
    const any = fc.tuple(
      ...STAGES.map(({ name }) =>
        fc
          .record({ done: small, memory: small, running: small, waiting: small, retrying: small, failed: small, cancelled: small })
          .map((more) => count(name, more)),
      ),
    )
    fc.assert(
      fc.property(any, (counts) => {
        for (const cell of cellsOf(counts)) {
          expect(cellSchema.safeParse(cell).success).toBe(true)
          expect(cell.done).toBeLessThanOrEqual(cell.total)
        }
      }),
    )
  })
})

describe('runVideosPageSchema', () => {
  it('refuses a page whose rows are not ours', () => {
    expect(runVideosPageSchema.safeParse({ rows: [], next: null }).success).toBe(true)
    expect(runVideosPageSchema.safeParse({ rows: [{ videoId: 'x' }], next: null }).success).toBe(false)
    expect(runVideosPageSchema.safeParse({ rows: [] }).success).toBe(false)
  })
})
