import { describe, expect, it } from 'vitest'
import { decisionSchema, EXPORTABLE_STATES, isEditable, nextState, type SampleState, sampleStateSchema } from './sample-state'

const STATES = sampleStateSchema.options
const DECISIONS = decisionSchema.options

/** State, then the state after approve, fix_approve, send_back, reject, skip, reopen; `-` = no such transition. */
const TABLE = `
  drafted       -        -     -         -        -             -
  queued        approved fixed sent_back rejected queued        -
  in_review     approved fixed sent_back rejected queued        -
  approved      -        -     -         -        -             queued
  fixed         -        -     -         -        -             queued
  rejected      -        -     -         -        -             queued
  sent_back     -        -     -         -        -             queued
  needs_second  approved fixed sent_back rejected needs_second  -
  adjudication  approved fixed sent_back rejected adjudication  -
  released      -        -     -         -        -             -
`

const rows = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))

const cells = rows.flatMap(([from, ...after]) => DECISIONS.map((decision, column) => ({ from, decision, to: after[column] })))

describe('nextState', () => {
  it.each(cells)('$from + $decision = $to', ({ from, decision, to }) => {
    expect(nextState(sampleStateSchema.parse(from), decision)).toBe(to === '-' ? null : to)
  })

  it('has a row for every state', () => {
    expect(rows.map(([from]) => from)).toEqual([...STATES])
  })

  it('never leads to a state that cannot be left, except by a release', () => {
    for (const from of STATES) {
      for (const decision of DECISIONS) {
        const to = nextState(from, decision)
        if (to !== null) expect(DECISIONS.some((next) => nextState(to, next) !== null)).toBe(true)
      }
    }
  })

  it('lets every decision be taken back', () => {
    for (const decision of ['approve', 'fix_approve', 'send_back', 'reject'] as const) {
      const decided = nextState('queued', decision)
      expect(decided === null ? null : nextState(decided, 'reopen')).toBe('queued')
    }
  })
})

describe('isEditable', () => {
  it.each<[SampleState, boolean]>([
    ['drafted', false],
    ['queued', true],
    ['in_review', true],
    ['approved', false],
    ['fixed', false],
    ['rejected', false],
    ['sent_back', false],
    ['needs_second', true],
    ['adjudication', true],
    ['released', false],
  ])('%s: %s', (state, expected) => {
    expect(isEditable(state)).toBe(expected)
  })
})

describe('EXPORTABLE_STATES', () => {
  it('are those in which a person has said yes', () => {
    expect([...EXPORTABLE_STATES]).toEqual(['approved', 'fixed', 'released'])
    expect(EXPORTABLE_STATES.some(isEditable)).toBe(false)
  })
})

describe('schemas', () => {
  it('refuse words of other tools', () => {
    expect(sampleStateSchema.safeParse('done').success).toBe(false)
    expect(decisionSchema.safeParse('accept').success).toBe(false)
  })
})
