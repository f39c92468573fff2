import { describe, expect, it } from 'vitest'
import { exampleDocument } from '@/core/example-document.fixture'
import type { Provenance } from '@/core/provenance'
import { foundGhosts } from './stage-boxes'
import { originText } from './words'

const provenance = (more: Partial<Provenance>): Provenance => ({
  kind: 'model',
  provider: 'server:local',
  model: 'clip',
  version: null,
  promptHash: null,
  parameters: {},
  costMicroUsd: null,
  note: null,
  at: null,
  ...more,
})

describe('originText', () => {
  it('is nothing for what no stage made', () => {
    expect(originText(undefined)).toEqual({ stage: null, facts: [], at: null })
    expect(originText(provenance({ kind: 'import', parameters: { format: 'x' } }))).toEqual({ stage: null, facts: [], at: null })
  })

  it('names stage, scores and time', () => {
    const parameters = { stage: 'retrieve', score: 0.912, margin: 0.1, temperature: 0 }
    expect(originText(provenance({ parameters, at: '2026-11-25T13:21:07.000Z' }))).toEqual({
      stage: 'retrieve',
      facts: ['score 0.91', 'margin 0.10'],
      at: '2026-11-25 13:21',
    })
  })
})

describe('foundGhosts', () => {
  const rect = { x: 1, y: 2, w: 3, h: 4 }
  const found = (more: object) => ({
    boxId: null,
    objectId: 'o1',
    frameId: 'f1',
    boxes: [
      { rect, score: 0.82, label: 'dog' },
      { rect, score: 0.4, label: 'dog' },
    ],
    pointed: null,
    ...more,
  })

  it('are numbered as in the list, with the colour of their object', () => {
    const ghosts = foundGhosts(exampleDocument(), 'f1', found({}))
    expect(ghosts.map(({ label, number }) => [label, number])).toEqual([
      ['1  .82', 1],
      ['2  .40', 1],
    ])
  })

  it('stay on their frame, and go with their object', () => {
    expect(foundGhosts(exampleDocument(), 'f2', found({}))).toEqual([])
    expect(foundGhosts(exampleDocument(), 'f1', found({ objectId: 'gone' }))).toEqual([])
    expect(foundGhosts(exampleDocument(), 'f1', null)).toEqual([])
  })

  it('leave the label to the one that is pointed at', () => {
    expect(foundGhosts(exampleDocument(), 'f1', found({ pointed: 1 })).map(({ label }) => label)).toEqual(['', '2  .40'])
  })
})
