import { describe, expect, it } from 'vitest'
import type { SelectorAnswer } from '@/browser/selector/selector-types'
import { frameIndexSchema } from '@/core/ids'
import type { ChosenFrame } from '@/core/selection/frame-choice'
import type { ProposalRow } from '@/core/selection/proposal'
import {
  bytesText,
  deviceText,
  durationText,
  footText,
  framesUsedText,
  progressText,
  shownText,
  signalsText,
  summaryText,
  whyText,
} from './selector-words'

const candidates = Array.from({ length: 48 }, (_, at) => ({ index: at * 10 }))

function frame(at: number, more: Partial<ChosenFrame> = {}): ChosenFrame {
  return {
    index: frameIndexSchema.parse(at * 10),
    pts: at,
    timeSec: at,
    at,
    relevance: 0.64,
    signals: {},
    coverageGain: 0,
    nearest: null,
    asked: [],
    ...more,
  }
}

const labelOf = (id: string) => id.toUpperCase()
const why = (row: ProposalRow, curve = [0.1, 0.94, 0.64]) => whyText(row, { candidates, curve, labelOf })

describe('why a frame', () => {
  it('names relevance, and coverage where it adds some', () => {
    expect(why({ kind: 'same', frame: frame(1, { relevance: 0.94 }), id: 'f1' })).toBe('Highest relevance .94')
    expect(why({ kind: 'new', frame: frame(1, { coverageGain: 0.22 }), beside: null })).toBe('Relevance .64, coverage +.22')
  })

  it('names the signal that speaks for it, where one does', () => {
    const named = (signals: ChosenFrame['signals']) => why({ kind: 'new', frame: frame(1, { signals }), beside: null })
    expect(named({ text: 0.8, objects: 0.48 })).toBe('Relevance .64 by text')
    expect(named({ text: 0.4, objects: 0.9, vision: 0.6 })).toBe('Relevance .64 by objects')
    expect(named({ text: 0.7, objects: 0.6 })).toBe('Relevance .64')
    expect(named({ text: 0.64 })).toBe('Relevance .64')
    expect(signalsText({ objects: 0.48, text: 0.8 })).toBe('text .80, objects .48')
  })

  it('names what it repeats and the core frame it lies beside', () => {
    const row: ProposalRow = { kind: 'new', frame: frame(2, { nearest: { at: 1, cosine: 0.97 } }), beside: { id: 'f2', distance: 1 } }
    expect(why(row)).toBe('Relevance .64, near-duplicate of 10, 1 frame from F2')
    expect(why({ ...row, beside: { id: 'f2', distance: 200 } })).not.toContain('F2')
  })
})

describe('which of the asked objects a frame shows', () => {
  const asked = (...things: [string, boolean | null][]) => things.map(([phrase, isShown]) => ({ phrase, isShown }))
  it.each([
    [asked(), null],
    [asked(['someone', true]), 'shows someone'],
    [asked(['red car', true]), 'shows the red car'],
    [asked(['red car', false]), 'red car not seen'],
    [asked(['dog', true], ['ball', true]), 'shows both asked objects'],
    [asked(['dog', true], ['frisbee', true], ['ball', true]), 'shows all 3 asked objects'],
    [asked(['dog', true], ['ball', false], ['frisbee', true]), 'shows dog and frisbee, not the ball'],
    [asked(['dog', false], ['ball', false], ['frisbee', true], ['man', false]), 'shows frisbee, not the dog, ball and man'],
    [asked(['red car', null]), 'perhaps shows the red car'],
    [asked(['dog', true], ['red car', null], ['ball', false]), 'shows dog, perhaps red car, not the ball'],
    [asked(['dog', false], ['red car', null]), 'perhaps shows red car, not the dog'],
    [asked(['dog', false], ['ball', false]), 'none of the 2 asked objects seen'],
  ])('%j', (things, text) => {
    expect(shownText(things)).toBe(text)
  })

  it('stands behind the other reasons', () => {
    const things = asked(['dog', true], ['ball', true])
    expect(why({ kind: 'new', frame: frame(1, { relevance: 0.94, asked: things }), beside: null })).toBe(
      'Highest relevance .94; shows both asked objects',
    )
  })
})

describe('why not a core frame', () => {
  it.each([
    [{ index: 30, relevance: 0.41, rank: 12 }, 'Not proposed: relevance .41, 12th of 48'],
    [{ index: 40, relevance: 0.05, rank: 21 }, 'Not proposed: relevance .05, 21st of 48 at 40, the candidate nearest to it'],
    [null, 'Not proposed'],
  ])('tells where it stands: %j', (candidate, text) => {
    expect(why({ kind: 'left', id: 'f1', index: 30, candidate })).toBe(text)
  })

  it('claims no difference where relevance tells no frame from another', () => {
    const level = [0, 0.001, 0]
    const left: ProposalRow = { kind: 'left', id: 'f1', index: 30, candidate: { index: 30, relevance: 0, rank: 1 } }
    expect(why(left, level)).toBe('Not proposed, though as relevant as all others')
    expect(why({ kind: 'new', frame: frame(1, { coverageGain: 0.47 }), beside: null }, level)).toBe(
      'As relevant as all others, coverage +.47',
    )
  })

  it('says that it is tied to no frame', () => {
    expect(why({ kind: 'left', id: 'f1', index: null, candidate: null })).toBe('Not tied to a frame of the video')
  })
})

it('sums up, and calls drafted only what was', () => {
  const rows: ProposalRow[] = [
    { kind: 'new', frame: frame(1), beside: null },
    { kind: 'same', frame: frame(2), id: 'f1' },
    { kind: 'same', frame: frame(3), id: 'f2' },
    { kind: 'left', id: 'f3', index: 1, candidate: null },
  ]
  expect(summaryText(rows, () => true)).toBe('3 proposed, 2 already drafted')
  expect(summaryText(rows, (id) => id === 'f1')).toBe('3 proposed, 2 core frames already')
  expect(summaryText(rows.slice(0, 1), () => true)).toBe('1 proposed')
})

const answer: SelectorAnswer = {
  candidates: { frames: [frame(1), frame(2)], run: null, fps: 2 },
  choices: [],
  device: { kind: 'webgpu', name: 'NVIDIA RTX 4070', threads: 8, reason: null },
  timing: { modelsMs: 0, framesMs: 0, lookMs: 0, textMs: 0, chooseMs: 3, totalMs: 3 },
  isCached: true,
  captionedBy: null,
  notes: [],
  memoryBytes: 0,
}

describe('the foot of the panel', () => {
  it('says what was there already', () => {
    expect(footText(answer)).toBe('2 candidates at 2 fps, embeddings cached')
  })

  it('says what had to be done, and why not on the graphics card', () => {
    const device = { kind: 'wasm', name: 'wasm', threads: 1, reason: 'This browser has no WebGPU.' } as const
    const timing = { ...answer.timing, modelsMs: 2100, framesMs: 480, lookMs: 7800 }
    const asked = { ...answer, isCached: false, device, timing, captionedBy: 'the embedded captioner', memoryBytes: 86_400_000 }
    expect(footText({ ...asked, candidates: { ...answer.candidates, run: 3, fps: null } })).toBe(
      '2 candidates of run 3, models 2.1 s, frames 480 ms, looking 7.8 s · This browser has no WebGPU · captions by the embedded captioner · 86 MB held',
    )
    expect(deviceText(device)).toEqual({ kind: 'wasm', name: '1 thread' })
    expect(deviceText(answer.device)).toEqual({ kind: 'WebGPU', name: 'NVIDIA RTX 4070' })
  })
})

describe('progress', () => {
  it.each([
    [null, 'Starting'],
    [{ phase: 'models', done: 1_500_000, total: 86_000_000 }, 'Getting the models, 1.5 MB of 86 MB'],
    [{ phase: 'look', done: 16, total: 48 }, 'Looking at frames, 16 of 48'],
    [{ phase: 'frames', done: 7, total: null }, 'Reading frames, 7'],
    [{ phase: 'choose', done: 0, total: 1 }, 'Choosing frames'],
  ] as const)('%j reads "%s"', (progress, text) => {
    expect(progressText(progress)).toBe(text)
  })

  it('writes sizes and times short', () => {
    expect([bytesText(900), bytesText(1_500_000), bytesText(86_400_000)]).toEqual(['1 kB', '1.5 MB', '86 MB'])
    expect([durationText(38.4), durationText(4120)]).toEqual(['38 ms', '4.1 s'])
  })
})

describe('frames used in this project', () => {
  const used = { createdAt: '2026-11-25T10:00:00.000Z', samples: 12, methods: [{ method: 'adaptive', mean: 2.3571 } as const] }

  it('is the mean of the method, with what it rests on', () => {
    expect(framesUsedText(used, 'adaptive')).toEqual({
      text: '2.4 frames, mean over this project',
      about: 'Adaptive k on 12 settled samples, by the selector report of 2026-11-25',
    })
    expect(framesUsedText({ ...used, samples: 1 }, 'adaptive')?.about).toContain('1 settled sample,')
  })

  it('says nothing where nothing was measured', () => {
    expect(framesUsedText(null, 'adaptive')).toBeNull()
    expect(framesUsedText(used, 'mmr')).toBeNull()
  })
})
