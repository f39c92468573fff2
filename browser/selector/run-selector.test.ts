import 'fake-indexeddb/auto'
import { describe, expect, it, vi } from 'vitest'
import { AppError } from '@/core/errors'
import { LOOK_CAPTIONER } from '@/core/selection/look-captions'
import { openKeptRows } from './kept-rows'
import { candidatesOf, fakeSelector, type Hooks } from './selector.fixture'

const DOG = 'Where is the dog?'
const OBJECTS = { weights: { text: 0, objects: 1, vision: 0 } }
const VISION = { weights: { text: 0, objects: 0, vision: 1 }, visionModel: 'org/clip' }
const captioned = (count: number) => candidatesOf(count, ['', '', 'A zebra jumps.'])

describe('a first question', () => {
  it('looks at every candidate once and names the frame with the thing', async () => {
    const { ask, log, progress } = fakeSelector(candidatesOf(10))
    const answer = await ask(DOG, OBJECTS)
    expect(log).toEqual(['candidates', 'open auto', 'read 10', 'look 4', 'look 4', 'look 2'])
    expect(answer.choices[0]?.chosen).toMatchObject([{ index: 30, at: 3, relevance: 1, signals: { objects: 1 } }])
    expect(answer).toMatchObject({
      ...{ isCached: false, captionedBy: null, memoryBytes: 1000, notes: ['Looking for “dog”.'] },
      candidates: { run: null, fps: 1, frames: { length: 10 } },
      device: { kind: 'webgpu', name: 'made up' },
    })
    const { totalMs, ...parts } = answer.timing
    expect(Object.values(parts).reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(totalMs)
    expect([parts.framesMs > 0, parts.lookMs > 0, parts.textMs]).toEqual([true, true, 0])
    expect(progress.map(({ phase, done, total }) => `${phase} ${done}/${total}`)).toEqual([
      ...['frames 0/null', 'models 0/null', 'models 1/1', 'frames 0/10', 'look 0/10', 'look 4/10', 'look 8/10', 'look 10/10'],
    ])
  })

  it('reads the captions of a run, fact by fact, each once', async () => {
    const { ask, log } = fakeSelector(captioned(5))
    const answer = await ask('Does a zebra jump?', { weights: { text: 1, objects: 0, vision: 0 } })
    // The question, “A zebra jumps.” and “Nothing.”, which four frames have.
    expect(log.at(-1)).toBe('embed 3')
    expect(answer.choices[0]?.chosen[0]?.index).toBe(20)
    expect(answer).toMatchObject({ captionedBy: 'server:local internvl', candidates: { run: 7, fps: null } })
  })

  it('says what one look sees where no run has captioned the video', async () => {
    const answer = await fakeSelector(candidatesOf(5)).ask('Is a dog there?', { weights: { text: 1, objects: 0, vision: 0 } })
    expect(answer.captionedBy).toBe(LOOK_CAPTIONER)
    expect(answer.choices[0]?.chosen[0]?.index).toBe(30)
  })

  it('asks the dual encoder that was picked, in the same reading', async () => {
    const { ask, log } = fakeSelector(candidatesOf(6))
    const answer = await ask('a bird', VISION)
    expect(log.slice(2)).toEqual(['read 6', 'look 4', 'picture 4', 'look 2', 'picture 2', 'text'])
    expect(answer.choices[0]?.chosen).toMatchObject([{ index: 50, signals: { vision: 1 } }])
  })

  it('is answered by several methods, in their order', async () => {
    const methods = [
      { method: 'adaptive', options: { k: 3 } },
      { method: 'lifo', options: { k: 2 } },
      { method: 'uniform', options: { k: 2 } },
    ] as const
    const answer = await fakeSelector(captioned(9)).ask(DOG, { methods })
    expect(answer.choices.map(({ method }) => method)).toEqual(['adaptive', 'lifo', 'uniform'])
    expect(answer.choices.map(({ chosen }) => chosen.length > 0)).toEqual([true, true, true])
  })

  it('tells where frames came as stills', async () => {
    const answer = await fakeSelector(candidatesOf(3), { stillsBecause: 'No decoder.' }).ask(DOG, OBJECTS)
    expect(answer.notes).toContain('Some frames came as stills from the server, which takes longer. No decoder.')
  })
})

describe('a second question', () => {
  it('on the same video reads, looks at and embeds nothing but the question', async () => {
    const { ask, log } = fakeSelector(captioned(10))
    await ask(DOG)
    log.length = 0
    const answer = await ask('Is there a dog now?')
    expect(log).toEqual(['embed 1'])
    expect(answer).toMatchObject({ isCached: true, timing: { framesMs: expect.any(Number), lookMs: 0 } })
    log.length = 0
    expect((await ask('Is there a dog now?', { methods: [{ method: 'mmr', options: { k: 3 } }] })).choices[0]?.chosen).toHaveLength(3)
    expect(log).toEqual([])
  })

  it('in another page finds what the first one saw', async () => {
    const rows = () => openKeptRows({ name: 'pages' })
    const one = fakeSelector(captioned(10), {}, { rows })
    const wish = { ...VISION, weights: { text: 1, objects: 1, vision: 1 } }
    const first = await one.ask(DOG, wish)
    // The answer does not wait for the disk; what is read after a write sees it.
    const { log, ask } = fakeSelector(captioned(10), {}, { rows })
    const second = await ask(DOG, wish)
    expect(log).toEqual(['candidates', 'open auto'])
    expect(second.choices).toEqual(first.choices)
    expect(second.isCached).toBe(true)
  })

  it('by a dual encoder encodes the question, and no picture', async () => {
    const { ask, log } = fakeSelector(candidatesOf(6))
    await ask('a bird', VISION)
    log.length = 0
    expect(await ask('a cat', VISION)).toMatchObject({ isCached: true, timing: { lookMs: 0 } })
    expect(log).toEqual(['text'])
  })

  it('by a dual encoder in another page opens the half of texts alone', async () => {
    const rows = () => openKeptRows({ name: 'halves' })
    await fakeSelector(candidatesOf(6), {}, { rows }).ask('a bird', VISION)
    const pictures = vi.fn(() => Promise.reject(new Error('not needed')))
    const texts = async () => ({ embedText: async () => Float32Array.of(1, 0), release: async () => undefined })
    const vision = async () => ({ name: 'org/clip', pictures, texts, release: async () => undefined })
    const answer = await fakeSelector(candidatesOf(6), {}, { rows, parts: { vision } }).ask('a cat', VISION)
    expect([answer.isCached, answer.choices[0]?.chosen[0]?.index]).toEqual([true, 50])
    expect(pictures).not.toHaveBeenCalled()
  })

  it('with another model looks only with that one', async () => {
    const { ask, log } = fakeSelector(candidatesOf(5))
    await ask(DOG, OBJECTS)
    log.length = 0
    expect((await ask(DOG, VISION)).isCached).toBe(false)
    expect(log).toEqual(['read 5', 'picture 4', 'picture 1', 'text'])
  })

  it('asks for the frames again only when they may have changed', async () => {
    let clock = 0
    const { ask, log } = fakeSelector(candidatesOf(3), {}, { parts: { now: () => clock } })
    for (const at of [0, 119_000, 121_000]) {
      clock = at
      await ask(DOG, OBJECTS)
    }
    expect(log.filter((line) => line === 'candidates')).toHaveLength(2)
  })

  it('says when nothing can be kept on the device', async () => {
    const answer = await fakeSelector(candidatesOf(3), {}, { rows: () => Promise.reject(new Error('denied')) }).ask(DOG, OBJECTS)
    expect(answer.notes.join()).toContain('keeps nothing on this device')
  })
})

describe('a device that is lost', () => {
  const LOST = 'The graphics card was lost.'
  const WENT_ON = `${LOST} The work went on on the processor.`

  it('in the middle of the frames is replaced, and what was seen is not seen again', async () => {
    const hooks: Hooks = { beforeBatch: (done, runtime) => void (runtime.facts.kind === 'webgpu' && done === 8 && runtime.lose(LOST)) }
    const { ask, log } = fakeSelector(candidatesOf(12), hooks)
    const answer = await ask(DOG, OBJECTS)
    expect(log.slice(1)).toEqual(['open auto', 'read 12', 'look 4', 'look 4', 'open wasm', 'read 4', 'look 4'])
    expect(answer.choices[0]?.chosen[0]?.index).toBe(30)
    expect(answer.device).toMatchObject({ kind: 'wasm', reason: LOST })
    expect(answer.notes).toContain(WENT_ON)
  })

  it.each<[string, Hooks]>([
    ['at the captions', { beforeTexts: (_, runtime) => void (runtime.facts.kind === 'webgpu' && runtime.lose(LOST)) }],
    ['at the pictures', { beforeVision: (_, runtime) => void (runtime.facts.kind === 'webgpu' && runtime.lose(LOST)) }],
  ])('%s is replaced too, and stays so for the next question', async (_, hooks) => {
    const { ask, log } = fakeSelector(captioned(6), hooks)
    const wish = { ...VISION, weights: { text: 1, objects: 1, vision: 1 } }
    expect((await ask(DOG, wish)).notes).toContain(WENT_ON)
    const next = await ask('Is there a dog?', wish)
    expect(next.device).toMatchObject({ kind: 'wasm', reason: LOST })
    expect(log.filter((line) => line.startsWith('open'))).toEqual(['open auto', 'open wasm'])
  })

  it('is no excuse for another fault', async () => {
    const fault = new AppError('model_bad_answer', 'The detector did not give one answer for each picture.')
    const { ask, log } = fakeSelector(candidatesOf(3), {
      beforeBatch: () => {
        throw fault
      },
    })
    await expect(ask(DOG, OBJECTS)).rejects.toBe(fault)
    expect(log.filter((line) => line.startsWith('open'))).toEqual(['open auto'])
  })
})

describe('called off', () => {
  const reason = new Error('no longer wanted')
  const phases: [string, (stop: () => void) => Hooks, object][] = [
    ['while the device is opened', (stop) => ({ onOpen: stop }), OBJECTS],
    ['while models are opened', (stop) => ({ onDetector: stop }), OBJECTS],
    ['between two batches of frames', (stop) => ({ beforeBatch: (done) => void (done === 4 && stop()) }), OBJECTS],
    ['while captions are embedded', (stop) => ({ beforeTexts: stop }), {}],
  ]
  it.each(phases)('%s, it ends with the reason, and the next question goes on from there', async (_, hooksOf, wish) => {
    const control = new AbortController()
    const hooks = hooksOf(() => control.abort(reason))
    const { ask, log } = fakeSelector(captioned(12), hooks)
    await expect(ask(DOG, { ...wish, signal: control.signal })).rejects.toBe(reason)
    const seen = log.filter((line) => line.startsWith('look')).reduce((sum, line) => sum + Number(line.slice(5)), 0)
    log.length = 0
    expect((await ask(DOG, wish)).choices[0]?.chosen).toHaveLength(1)
    expect(log.filter((line) => line.startsWith('read'))).toEqual(seen === 12 ? [] : [`read ${12 - seen}`])
  })

  it('before it began, it begins nothing', async () => {
    const { ask, log } = fakeSelector(captioned(3), {}, { parts: { candidates: async (_, signal) => signal.throwIfAborted() as never } })
    await expect(ask(DOG, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(log).toEqual([])
  })
})

describe('refused', () => {
  it.each<[string, string, Parameters<ReturnType<typeof fakeSelector>['ask']>[1], string]>([
    ['without a question', ' ?', OBJECTS, 'invalid_input'],
    ['where it names nothing that can be looked for', 'Why?', OBJECTS, 'invalid_input'],
    ['without a method', DOG, { methods: [] }, 'invalid_input'],
    ['with an option that does not fit', DOG, { methods: [{ method: 'mmr', options: { k: 0 } }] }, 'invalid_input'],
    ['with vision alone and no dual encoder', DOG, { ...VISION, visionModel: null }, 'invalid_input'],
    ['with a dual encoder that is not there', DOG, { ...VISION, visionModel: 'org/gone' }, 'missing_file'],
  ])('%s', async (_, question, wish, code) => {
    await expect(fakeSelector(captioned(4)).ask(question, wish)).rejects.toMatchObject({ code })
  })

  it.each<[string, Hooks]>([
    [
      'a model that is not what the server says',
      {
        onDetector: () => {
          throw new AppError('bad_file', 'The model file is not the one of the list.')
        },
      },
    ],
    [
      'a device that cannot be opened at all',
      {
        onOpen: () => {
          throw new AppError('bad_file', 'No way to run a model.')
        },
      },
    ],
  ])('%s, in its own words, and a later question tries again', async (_, hooks) => {
    let isBroken = true
    const once: Hooks = {
      onDetector: () => void (isBroken && hooks.onDetector?.()),
      onOpen: (wish) => void (isBroken && hooks.onOpen?.(wish)),
    }
    const { ask } = fakeSelector(candidatesOf(4), once)
    await expect(ask(DOG, OBJECTS)).rejects.toMatchObject({ code: 'bad_file' })
    isBroken = false
    expect((await ask(DOG, OBJECTS)).choices[0]?.chosen[0]?.index).toBe(30)
  })

  it('what the server refuses, and asks it again the next time', async () => {
    let tries = 0
    const candidates = async () => {
      tries += 1
      if (tries === 1) throw new AppError('not_found', 'The frames of this video are not known yet.')
      return candidatesOf(4)
    }
    const { ask } = fakeSelector(candidatesOf(4), {}, { parts: { candidates } })
    await expect(ask(DOG, OBJECTS)).rejects.toMatchObject({ code: 'not_found' })
    expect((await ask(DOG, OBJECTS)).isCached).toBe(false)
  })

  it('vision beside others, when there is no dual encoder: it is left out and said', async () => {
    const answer = await fakeSelector(captioned(4)).ask(DOG, { weights: { text: 1, objects: 0, vision: 1 }, visionModel: null })
    expect(Object.keys(answer.choices[0]?.chosen[0]?.signals ?? {})).toEqual(['text'])
    expect(answer.notes.join()).toContain('without the signal vision')
  })
})

it('256 candidates are all scored, and the second time nothing is computed for them', async () => {
  const { ask, log } = fakeSelector(captioned(256))
  const methods = (['adaptive', 'aks', 'topk', 'mmr'] as const).map((method) => ({ method, options: { k: 4 } }))
  await ask(DOG, { methods })
  log.length = 0
  const second = await ask('Is there a dog?', { methods })
  expect([second.isCached, log]).toEqual([true, ['embed 1']])
  expect(second.choices.map(({ curve }) => curve.length)).toEqual([256, 256, 256, 256])
})
