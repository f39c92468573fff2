import { describe, expect, it } from 'vitest'
import type { FrameChoice } from '@/core/selection/frame-choice'
import { frameAtSecond } from '@/core/selection/material.fixture'
import { reasonsOf, reasonsTable } from './select-reasons'

const choice: FrameChoice = {
  method: 'mmr',
  chosen: [
    {
      ...frameAtSecond(1),
      at: 1,
      relevance: 0.5,
      signals: { text: 0.25, objects: 0.75 },
      coverageGain: 0.6,
      nearest: { at: 3, cosine: 0.125 },
      asked: [
        { phrase: 'red car', isShown: true },
        { phrase: 'bus', isShown: false },
      ],
    },
    {
      ...frameAtSecond(3),
      at: 3,
      relevance: 1,
      signals: { text: 1, objects: 1 },
      coverageGain: 0.2,
      nearest: { at: 1, cosine: 0.125 },
      asked: [],
    },
  ],
  curve: [0, 0.5, 0.2, 1],
  lookedAt: 4,
}

describe('reasonsOf', () => {
  it('names other frames by their index in the video, not by their place among the candidates', () => {
    const { lookedAt, frames } = reasonsOf(choice)
    expect(lookedAt).toBe(4)
    expect(frames).toEqual([
      {
        index: 10,
        timeSec: 1,
        relevance: 0.5,
        signals: { text: 0.25, objects: 0.75 },
        coverageGain: 0.6,
        nearest: { index: 30, cosine: 0.125 },
        shows: ['red car'],
      },
      {
        index: 30,
        timeSec: 3,
        relevance: 1,
        signals: { text: 1, objects: 1 },
        coverageGain: 0.2,
        nearest: { index: 10, cosine: 0.125 },
        shows: [],
      },
    ])
  })

  it('leaves a frame alone that stands alone', () => {
    const [first] = choice.chosen
    const alone = { ...choice, chosen: first === undefined ? [] : [{ ...first, nearest: null }] }
    expect(reasonsOf(alone).frames[0]?.nearest).toBeNull()
    expect(reasonsTable(reasonsOf(alone))).toContain('\t–')
  })
})

describe('reasonsTable', () => {
  it('has one line a frame', () => {
    expect(reasonsTable(reasonsOf(choice)).split('\n')).toEqual([
      '4 frames were scored',
      'index\tseconds\trelevance\tsignals\tadds\tmost like\tshows',
      '10\t1.000\t0.5000\ttext 0.25, objects 0.75\t0.60\t30 (0.13)\tred car',
      '30\t3.000\t1.0000\ttext 1.00, objects 1.00\t0.20\t10 (0.13)\t–',
    ])
  })
})
