import { describe, expect, it } from 'vitest'
import type { AppError } from '@/core/errors'
import type { FrameTable } from '@/core/frame-table'
import { frameIndexSchema } from '@/core/ids'
import type { Caption, QaPair, SampledFrame, Shot } from '@/core/pipeline/outputs'
import type { Rect } from '@/core/records'
import { cropPicture } from './crop-picture'
import type { FramePicture, FrameReader } from './roles'
import { ruleJudge } from './rule-judge'
import { templateCaptioner } from './template-captioner'
import { templateCotWriter } from './template-cot-writer'
import { templateWriter } from './template-writer'

const [WIDTH, HEIGHT, FPS, COUNT] = [300, 150, 10, 40]
const at = (index: number): SampledFrame => ({ index: frameIndexSchema.parse(index), pts: index, timeSec: index / FPS })
const TABLE: FrameTable = {
  ...{ timeBase: [1, FPS], width: WIDTH, height: HEIGHT, codedWidth: WIDTH, codedHeight: HEIGHT, rotation: 0, sar: [1, 1] },
  pts: Array.from({ length: COUNT }, (_, index) => index),
  duration: Array(COUNT).fill(1),
  key: Array(COUNT).fill(true),
}
const FRAMES = [0, 5, 10, 15, 20].map(at)
const SHOTS: Shot[] = [{ startIndex: frameIndexSchema.parse(0), endIndex: frameIndexSchema.parse(COUNT - 1), motion: 0.02, fps: 2 }]

/** A blue block of 40 × 20 on a grey road; 60 pixels a second to the right. */
const blockAt = (index: number): Rect => ({ x: 20 + 6 * index, y: 60, w: 40, h: 20 })
function pictureOf(frame: SampledFrame): FramePicture {
  const rgb = Buffer.alloc(WIDTH * HEIGHT * 3, 90)
  const { x, y, w, h } = blockAt(frame.index)
  for (let row = y; row < y + h; row += 1)
    for (let column = x; column < Math.min(WIDTH, x + w); column += 1) rgb.set([30, 50, 200], (row * WIDTH + column) * 3)
  return { frame, width: WIDTH, height: HEIGHT, rgb, jpeg: async () => Buffer.alloc(0) }
}

function readerOf(options: { table?: FrameTable; missing?: number } = {}): FrameReader & { readonly asked: number[] } {
  const asked: number[] = []
  return {
    ...{ width: WIDTH, height: HEIGHT, asked },
    ...(options.table === undefined ? {} : { table: options.table }),
    async read(frames, onPicture) {
      // As a decoder does: in its own order.
      for (const frame of [...frames].reverse()) {
        asked.push(frame.index)
        if (frame.index !== options.missing) await onPicture(pictureOf(frame))
      }
    },
  }
}

/** Finds the block by its colour, whatever part of the picture it is shown. */
const detector = {
  async detectAll({ width, height, rgb }: FramePicture) {
    let [left, top, right, bottom] = [width, height, -1, -1]
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if (rgb[(y * width + x) * 3 + 2] !== 200) continue
        left = Math.min(left, x)
        top = Math.min(top, y)
        right = Math.max(right, x + 1)
        bottom = Math.max(bottom, y + 1)
      }
    }
    return right < 0 ? [] : [{ label: 'car', score: 0.8, rect: { x: left, y: top, w: right - left, h: bottom - top } }]
  },
}

const captioned = () => templateCaptioner(detector).caption(FRAMES, SHOTS, readerOf({ table: TABLE }), 8)
const viewOf = (captions: readonly Caption[]) => ({ position: 0, captions })
const codeOf = (attempt: Promise<unknown>) => attempt.then(() => null).catch((error: AppError) => error.code)

describe('the template captioner', () => {
  it('tells what moves where, with facts, one caption a frame in order', async () => {
    const captions = await captioned()
    expect(captions.map(({ frameIndex }) => frameIndex)).toEqual([0, 5, 10, 15, 20])
    expect(captions[0]?.text).toBe('At least one car is seen. A blue car is on the left. The blue car on the left moves to the right.')
    expect(captions[2]?.facts?.sightings).toEqual([
      { label: 'car', score: 0.8, rect: blockAt(10), track: 0, colour: 'blue', place: '', motion: 'right' },
    ])
  })

  it('looks between the sampled frames only where it may', async () => {
    const withTable = readerOf({ table: TABLE })
    await templateCaptioner(detector).caption(FRAMES, SHOTS, withTable, 8)
    expect([...withTable.asked].sort((a, b) => a - b)).toEqual([0, 2, 5, 7, 10, 12, 15, 17, 20, 22])
    const without = readerOf()
    const captions = await templateCaptioner(detector).caption(FRAMES, SHOTS, without, 8)
    expect([...without.asked].sort((a, b) => a - b)).toEqual([0, 5, 10, 15, 20])
    expect(captions.every(({ facts }) => facts?.sightings.every(({ motion }) => motion === null))).toBe(true)
  })

  it('does not look behind a cut', async () => {
    const reader = readerOf({ table: TABLE })
    const cut = { ...SHOTS[0], motion: 0, fps: 2, startIndex: frameIndexSchema.parse(0), endIndex: frameIndexSchema.parse(20) }
    await templateCaptioner(detector).caption([at(20)], [cut], reader, 8)
    expect(reader.asked).toEqual([20])
  })

  it('says so when nothing is seen, and then does not look twice', async () => {
    const reader = readerOf({ table: TABLE })
    const captions = await templateCaptioner({ detectAll: async () => [] }).caption(FRAMES, SHOTS, reader, 8)
    expect(new Set(captions.map(({ text }) => text))).toEqual(new Set(['No known object detected.']))
    expect(reader.asked).toHaveLength(5)
    expect(await templateCaptioner(detector).caption([], [], reader, 8)).toEqual([])
  })

  it('refuses a frame that cannot be read, and hands on what the detector says', async () => {
    expect(await codeOf(templateCaptioner(detector).caption(FRAMES, SHOTS, readerOf({ missing: 10 }), 8))).toBe('corrupt_media')
    const broken = { detectAll: () => Promise.reject(Object.assign(new Error('no model'), { code: 'missing_file' })) }
    expect(await codeOf(templateCaptioner(broken).caption(FRAMES, SHOTS, readerOf(), 8))).toBe('missing_file')
  })

  it('is marked as a template, like all the others', () => {
    const identities = [templateCaptioner(detector), templateWriter(), templateCotWriter(), ruleJudge('rules'), ruleJudge('second-scorer')]
    for (const { identity } of identities) expect(identity).toMatchObject({ kind: 'template', provider: 'embedded' })
  })
})

describe('cropPicture', () => {
  const picture = pictureOf(at(0))

  it('cuts a part out', () => {
    const part = cropPicture(picture, { x: 20, y: 60, w: 40, h: 20 })
    expect([part.width, part.height, part.rgb.length]).toEqual([40, 20, 2400])
    expect([...part.rgb.subarray(0, 3)]).toEqual([30, 50, 200])
    expect([...part.rgb.subarray(-3)]).toEqual([30, 50, 200])
  })

  it('fills with grey what lies outside, up to all of it', () => {
    const border = cropPicture(picture, { x: -10, y: -10, w: WIDTH + 20, h: HEIGHT + 20 })
    expect([...border.rgb.subarray(0, 3)]).toEqual([128, 128, 128])
    const inside = (10 * (WIDTH + 20) + 10) * 3
    expect([...border.rgb.subarray(inside, inside + 3)]).toEqual([90, 90, 90])
    expect(new Set(cropPicture(picture, { x: 900, y: 900, w: 4, h: 4 }).rgb)).toEqual(new Set([128]))
  })

  it('can be encoded', async () => {
    const jpeg = await cropPicture(picture, { x: 0, y: 0, w: 100, h: 50 }).jpeg(20)
    expect([...jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8])
  })
})

describe('the template writer and what follows it', () => {
  it('writes, judges and lays out a pair from the captions alone', async () => {
    const group = viewOf(await captioned())
    const [written, ...rest] = await templateWriter().writePairs(group, 3)
    expect(rest).toEqual([])
    const pair: QaPair = { question: '', answer: '', support: null, ...written, key: 'k', group: 0 }
    expect(pair.answer).toBe('From left to right.')
    for (const name of ['rules', 'second-scorer'] as const) {
      expect(await ruleJudge(name).judge(pair, group)).toMatchObject({ judge: `embedded/${name}`, verdict: 'keep', criterion: null })
    }
    const cot = templateCotWriter()
    const view = { pair, group }
    const frames = await cot.pickCoreFrames(view, { min: 2, max: 3 })
    expect(frames.frames.map(({ claimedIndex }) => claimedIndex)).toEqual([0, 20])
    const objects = await cot.nameObjects(view, frames)
    expect(objects).toEqual({ objects: [{ phrase: 'blue car' }] })
    const { steps } = await cot.writeEvidence(view, frames, objects)
    expect(steps[0]).toEqual({
      tokens: [
        { kind: 'text', text: 'At the very beginning, the ' },
        { kind: 'mention', text: 'blue car', object: 0 },
        { kind: 'text', text: ' is on the left.' },
      ],
      frames: [0],
    })
    expect(steps.map((step) => step.frames)).toEqual([[0], [1], [0, 1]])
    expect((await cot.classifyTask(view)).task).toBe('traffic_analysis')
    expect(await cot.writeDistractors(view, 2)).toEqual(['From right to left.', 'From top to bottom.'])
  })

  it('a judge gives its reason', async () => {
    const group = viewOf(await captioned())
    const pair: QaPair = { key: 'k', group: 0, question: 'Is it blue?', answer: 'Yes.', support: null }
    expect(await ruleJudge('rules').judge(pair, group)).toEqual({
      judge: 'embedded/rules',
      verdict: 'reject',
      criterion: 'trivial',
      reason: 'The question can be answered with yes or no.',
    })
    expect(await ruleJudge('second-scorer').judge(pair, group)).toMatchObject({
      verdict: 'keep',
      reason: expect.stringContaining('wording'),
    })
  })

  it('refuses captions of a language model', async () => {
    const captions = (await captioned()).map((caption) => ({ ...caption, facts: null }))
    expect(await codeOf(templateWriter().writePairs(viewOf(captions), 3))).toBe('invalid_input')
    expect(await templateWriter().writePairs(viewOf([]), 3)).toEqual([])
  })

  it('refuses a pair that no template wrote, too few core frames, and a mention of nothing', async () => {
    const group = viewOf(await captioned())
    const [written] = await templateWriter().writePairs(group, 1)
    const pair: QaPair = { question: '', answer: '', support: null, ...written, key: 'k', group: 0 }
    const cot = templateCotWriter()
    const foreign = { pair: { ...pair, support: null }, group }
    expect(await codeOf(cot.pickCoreFrames(foreign, { min: 1, max: 3 }))).toBe('model_bad_answer')
    expect(await codeOf(cot.nameObjects(foreign, { frames: [] }))).toBe('model_bad_answer')
    expect(await codeOf(cot.classifyTask(foreign))).toBe('model_bad_answer')
    expect(await codeOf(cot.writeDistractors(foreign, 3))).toBe('model_bad_answer')
    expect(await codeOf(cot.pickCoreFrames({ pair, group }, { min: 1, max: 1 }))).toBe('invalid_input')
    const frames = await cot.pickCoreFrames({ pair, group }, { min: 2, max: 3 })
    expect(await codeOf(cot.writeEvidence({ pair, group }, frames, { objects: [] }))).toBe('model_bad_answer')
  })
})
