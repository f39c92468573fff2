import { describe, expect, it } from 'vitest'
import { frameNo } from '@/core/document.fixture'
import { STAGE_OUTPUTS } from '@/core/pipeline/outputs'
import { captionStage } from './caption'
import { dedupeStage } from './dedupe'
import { groupStage } from './group'
import { codeOf, isDown } from './refusal-for-tests'
import { sampleFramesStage } from './sample-frames'
import { captionOf, depsOf, inputOf, sampled, settings, VIDEO_ID } from './stage.fixture'

describe('sample-frames', () => {
  it('takes one frame a second of a still video, and more where the video has its own rule', async () => {
    const output = await sampleFramesStage(inputOf(), depsOf())
    expect(output.frames.map((frame) => frame.index)).toEqual([0, 20, 40, 60, 80, 100, 120, 140])
    expect(STAGE_OUTPUTS['sample-frames'].parse(output)).toEqual(output)
    const own = await sampleFramesStage(inputOf({}, { samplingByVideo: { [VIDEO_ID]: { staticFps: 0.25 } } }), depsOf())
    expect(own.frames.map((frame) => frame.index)).toEqual([0, 80])
  })

  it('refuses signatures of another video', async () => {
    expect(await codeOf(sampleFramesStage(inputOf(), depsOf({}, { signatures: async () => Buffer.alloc(1024) })))).toBe('corrupt_media')
  })
})

describe('caption', () => {
  const run = (caption: Parameters<typeof depsOf>[0]) => captionStage(inputOf(), depsOf(caption))

  it('keeps a caption of every frame and asks in the batches of the settings', async () => {
    const batches: number[] = []
    const { captions } = await run({
      captioner: {
        caption: async (frames, _shots, _reader, batch) => {
          batches.push(batch)
          return frames.map(({ index }) => captionOf(index, `Frame ${index}.`))
        },
      },
    })
    expect(captions.map((caption) => caption.frameIndex)).toEqual([0, 20, 40, 60])
    expect(batches).toEqual([settings.captionBatch])
  })

  it.each([
    ['a missing caption', [0, 20, 40]],
    ['one too many', [0, 20, 40, 60, 80]],
    ['another order', [20, 0, 40, 60]],
    ['a frame nobody asked for', [0, 20, 40, 61]],
    ['no caption at all', []],
  ])('refuses %s', async (_, indices) => {
    const caption = async () => indices.map((index) => captionOf(index, 'x'))
    expect(await codeOf(run({ captioner: { caption } }))).toBe('model_bad_answer')
  })

  it('refuses an empty caption, and facts of another frame', async () => {
    const empty = async () => [0, 20, 40, 60].map((index) => captionOf(index, index === 40 ? ' … ' : 'x'))
    expect(await codeOf(run({ captioner: { caption: empty } }))).toBe('model_bad_answer')
    const facts = { frameIndex: frameNo(7), timeSec: 0, shot: 0, sightings: [] }
    const mixed = async () => [0, 20, 40, 60].map((index) => ({ ...captionOf(index, 'x'), facts }))
    expect(await codeOf(run({ captioner: { caption: mixed } }))).toBe('model_bad_answer')
  })

  it('hands on what the model throws', async () => {
    expect(await codeOf(run({ captioner: { caption: isDown } }))).toBe('model_unavailable')
  })

  it('says when the stage before is missing', async () => {
    const input = { ...inputOf(), before: {} }
    expect(await codeOf(captionStage(input, depsOf()))).toBe('internal')
  })
})

describe('dedupe', () => {
  const texts = ['A man waits.', 'A man waits', 'Two men wait.', 'Red zebra quiz']
  const input = inputOf({ caption: { captions: texts.map((text, at) => captionOf(at * 20, text)) } })

  it('keeps what is new and stores one row of float32 a caption', async () => {
    const deps = depsOf()
    const { kept, dropped, vectors } = await dedupeStage(input, deps)
    expect(kept).toEqual([0, 40, 60])
    expect(dropped).toEqual([{ frameIndex: 20, against: 0, similarity: expect.closeTo(1, 5) }])
    const bytes = deps.blobs.get(vectors.sha256)
    expect(bytes?.length).toBe(texts.length * vectors.dimensions * 4)
    // Row 1 holds the same numbers as row 0.
    const row = vectors.dimensions * 4
    expect(bytes?.subarray(0, row).equals(bytes.subarray(row, 2 * row))).toBe(true)
    expect(bytes?.readFloatLE(0)).toBeGreaterThan(0)
  })

  it('gives the same blob for the same captions', async () => {
    const [a, b] = await Promise.all([dedupeStage(input, depsOf()), dedupeStage(input, depsOf())])
    expect(a).toEqual(b)
  })

  it.each([
    ['too few vectors', async () => [new Float32Array(26)]],
    ['no vectors', async () => []],
    ['vectors of zero length', async () => texts.map(() => new Float32Array(26))],
    ['vectors of another size', async () => texts.map(() => Float32Array.of(1))],
    ['not a number', async () => texts.map(() => new Float32Array(26).fill(Number.NaN))],
  ])('refuses %s and stores nothing', async (_, embed) => {
    const deps = depsOf({ embedder: { embed } })
    expect(await codeOf(dedupeStage(input, deps))).toBe('model_bad_answer')
    expect(deps.blobs.size).toBe(0)
  })
})

describe('group', () => {
  it('cuts what is left into groups of the set size', async () => {
    const dedupe = { kept: [0, 1, 2, 3, 4].map(frameNo), dropped: [], vectors: { sha256: 'x', dimensions: 1 } }
    expect(await groupStage(inputOf({ dedupe }, { groupSize: 2 }), depsOf())).toEqual({
      groups: [
        [0, 1],
        [2, 3, 4],
      ],
    })
  })
})

describe('one after the other', () => {
  it('a still video of one caption comes to one group of one frame', async () => {
    const before = { 'sample-frames': { frames: [0, 20].map(sampled), shots: [], curve: [] } }
    const captions = await captionStage(
      inputOf(before),
      depsOf({ captioner: { caption: async (frames) => frames.map(({ index }) => captionOf(index, 'A street.')) } }),
    )
    const dedupe = await dedupeStage(inputOf({ caption: captions }), depsOf())
    expect(await groupStage(inputOf({ dedupe }), depsOf())).toEqual({ groups: [[0]] })
  })
})
