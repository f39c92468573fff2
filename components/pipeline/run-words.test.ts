import { describe, expect, it } from 'vitest'
import { MODEL_ROLES } from '@/core/pipeline/stages'
import {
  cellText,
  changeText,
  durationText,
  leftText,
  moneyText,
  presetName,
  ROLE_NAMES,
  rateText,
  ratioWord,
  smallMoneyText,
  stateWords,
  troubleText,
} from './run-words'

describe('money', () => {
  it.each([
    [0, '$0.00'],
    [1, '< $0.01'],
    [4999, '< $0.01'],
    [5000, '$0.01'],
    [14_200_000, '$14.20'],
    [1_234_567_890, '$1,234.57'],
  ])('%d', (micro, text) => expect(moneyText(micro)).toBe(text))

  it.each([
    [0, '$0.0000'],
    [1234, '$0.0012'],
    [2_500_000, '$2.50'],
  ])('of one call: %d', (micro, text) => expect(smallMoneyText(micro)).toBe(text))
})

describe('pace', () => {
  it.each([
    [null, '–'],
    [0, '–'],
    [310, '310 /s'],
    [41.2, '41 /s'],
    [6.21, '6.2 /s'],
    [0.5, '30 /min'],
    [0.05, '3.0 /min'],
    [0.001, '3.6 /h'],
  ])('%s', (perSec, text) => expect(rateText(perSec)).toBe(text))

  it('knows when a stage is done and when nobody can say', () => {
    expect([leftText(0, true), leftText(null, false), leftText(720, false)]).toEqual(['done', '–', '12 min'])
  })

  it('counts days of a machine as days', () => {
    expect([durationText(40), durationText(15_600), durationText(20 * 3600), durationText(72 * 3600)]).toEqual([
      '40 s',
      '4 h 20 min',
      '20 h',
      '3 d',
    ])
  })
})

describe('states', () => {
  it('do not hide failures behind "done"', () => {
    expect(stateWords({ state: 'done', failed: 0 })).toEqual({ text: 'Done', tone: 'ok' })
    expect(stateWords({ state: 'done', failed: 3 })).toEqual({ text: 'Done, 3 failed', tone: 'bad' })
    expect(stateWords({ state: 'running', failed: 3 }).text).toBe('Running')
    expect(stateWords({ state: 'paused', failed: 0 }).tone).toBe('warn')
    expect(stateWords({ state: 'cancelled', failed: 0 }).text).toBe('Cancelled')
  })

  it('of cells say how many drafts they stand for', () => {
    expect(cellText('caption', { state: 'memory', done: 1, total: 1, failed: 0 })).toBe('caption: done, from memory')
    expect(cellText('ground', { state: 'failed', done: 8, total: 9, failed: 1 })).toBe('ground: failed, 8 of 9 done')
  })

  it('keep an unknown preset as it is', () => {
    expect([presetName('local-server'), presetName('custom'), presetName('x')]).toEqual(['Local server', 'Own settings', 'x'])
  })
})

describe('trouble', () => {
  const trouble = { stage: 'caption', code: 'model_unavailable', message: 'The server is busy.', tries: 1, nextTryAt: null } as const

  it('that is over says how often it was tried', () => {
    expect(troubleText(trouble, 5, 0)).toBe('The server is busy')
    expect(troubleText({ ...trouble, tries: 5 }, 5, 0)).toBe('The server is busy (after 5 tries)')
  })

  it('that is not over says when it is tried again', () => {
    const again = { ...trouble, nextTryAt: '1970-01-01T00:00:18.000Z' }
    expect(troubleText(again, 5, 0)).toBe('The server is busy, again in 18 s (2 of 5)')
    expect(troubleText(again, 5, 60_000)).toBe('The server is busy, again now (2 of 5)')
  })
})

describe('small words', () => {
  it('of a change carry its sign', () => {
    const plain = (n: number) => String(n)
    expect([changeText(5, 3, plain), changeText(3, 5, plain), changeText(3, 3, plain)]).toEqual(['+2', '−2', 'same'])
  })

  it('of a threshold are short', () => {
    expect([ratioWord(0.9), ratioWord(0.944), ratioWord(1), ratioWord(0)]).toEqual(['.90', '.94', '1.0', '.00'])
  })

  it('there are for every role', () => {
    expect(Object.keys(ROLE_NAMES).sort()).toEqual([...MODEL_ROLES].sort())
  })
})
