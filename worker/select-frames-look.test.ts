import { describe, expect, it } from 'vitest'
import { keepLooks } from './kept-looks'
import type { FrameReader } from './models/roles'
import { type Eyes, lookAtFrames } from './select-frames-look'
import { fakeReader, sampled } from './stages/stage.fixture'
import { visionAgreeing } from './vision-for-tests'

const NEVER = new AbortController().signal
const FRAMES = [0, 10, 20, 30].map(sampled)
const indicesOf = (frames: readonly { readonly index: number }[]) => frames.map(({ index }) => index)

/** A detector that tells the frame by its feature. */
function eyesWith(vision: Eyes['vision'] = null, sha256 = 'd'.repeat(64)): Eyes & { readonly looked: number[] } {
  const looked: number[] = []
  const lookAt: Eyes['detector']['lookAt'] = async ({ frame }) => {
    looked.push(frame.index)
    return { seen: [], feature: Float32Array.of(frame.index) }
  }
  return { detector: { lookAt, sha256 }, vision, looked }
}

const stored = (name: string): FrameReader & { readonly reads: number[][] } => ({ ...fakeReader(), videoSha256: name })

describe('a look at the frames of a stored video', () => {
  it('reads the frames that nobody has seen, and gives all in their order', async () => {
    const [kept, reader, eyes] = [keepLooks(), stored('video'), eyesWith()]
    await lookAtFrames({ frames: FRAMES.slice(1, 3), reader }, eyes, NEVER, kept)
    const { looks, pictures } = await lookAtFrames({ frames: FRAMES, reader }, eyes, NEVER, kept)
    expect(reader.reads).toEqual([
      [10, 20],
      [0, 30],
    ])
    expect(looks.map(({ feature }) => feature[0])).toEqual(indicesOf(FRAMES))
    expect(pictures).toBeNull()
    await lookAtFrames({ frames: FRAMES, reader }, eyes, NEVER, kept)
    expect(reader.reads).toHaveLength(2)
  })

  it('by a dual encoder that comes later asks the detector nothing again', async () => {
    const [kept, reader] = [keepLooks(), stored('video')]
    const vision = visionAgreeing(({ index }) => index / 100)
    const eyes = eyesWith(vision)
    await lookAtFrames({ frames: FRAMES, reader }, { ...eyes, vision: null }, NEVER, kept)
    for (let time = 0; time < 2; time += 1) {
      const { pictures } = await lookAtFrames({ frames: FRAMES, reader }, eyes, NEVER, kept)
      expect(pictures?.map(([first = 0]) => Math.round(first * 100))).toEqual(indicesOf(FRAMES))
    }
    expect([reader.reads.length, eyes.looked.length, vision.pictures.length]).toEqual([2, 4, 4])
  })

  it('is another one with other weights, and on another video', async () => {
    const [kept, reader] = [keepLooks(), stored('video')]
    for (const eyes of [eyesWith(), eyesWith(null, 'e'.repeat(64))]) await lookAtFrames({ frames: FRAMES, reader }, eyes, NEVER, kept)
    const other = stored('other')
    await lookAtFrames({ frames: FRAMES, reader: other }, eyesWith(), NEVER, kept)
    expect([reader.reads.length, other.reads.length]).toEqual([2, 1])
  })

  it('is kept of no file that is not stored', async () => {
    const [kept, reader, eyes] = [keepLooks(), fakeReader(), eyesWith()]
    for (let time = 0; time < 2; time += 1) await lookAtFrames({ frames: FRAMES, reader }, eyes, NEVER, kept)
    expect([reader.reads.length, kept.bytes]).toEqual([2, 0])
  })

  it('gives every frame where nothing can be kept', async () => {
    const { looks } = await lookAtFrames(
      { frames: FRAMES, reader: stored('video') },
      eyesWith(visionAgreeing(() => 0)),
      NEVER,
      keepLooks(0),
    )
    expect(looks.map(({ feature }) => feature[0])).toEqual(indicesOf(FRAMES))
  })

  it('waits for another one at the same video, also when that one fails', async () => {
    const [kept, eyes] = [keepLooks(), eyesWith()]
    const reader = stored('video')
    let isFirst = true
    const failing: FrameReader = {
      ...reader,
      read: async (frames, onPicture) => {
        const fails = isFirst
        isFirst = false
        await reader.read(fails ? frames.slice(2) : frames, onPicture)
        if (fails) throw new Error('the decoder stopped')
      },
    }
    const ask = () => lookAtFrames({ frames: FRAMES, reader: failing }, eyes, NEVER, kept)
    const answers = await Promise.allSettled([ask(), ask(), ask()])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
    // What the first saw before it failed is known to the second, and the third reads nothing.
    expect(reader.reads).toEqual([
      [20, 30],
      [0, 10],
    ])
  })

  it('ends when it is called off, in the middle and while it waits', async () => {
    const [kept, eyes, stop] = [keepLooks(), eyesWith(), new AbortController()]
    const reader = stored('video')
    const stopping: FrameReader = {
      ...reader,
      read: (frames, onPicture) =>
        reader.read(frames, async (picture) => {
          await onPicture(picture)
          if (eyes.looked.length === 2) stop.abort(new Error('enough'))
        }),
    }
    const ask = () => lookAtFrames({ frames: FRAMES, reader: stopping }, eyes, stop.signal, kept)
    const answers = await Promise.allSettled([ask(), ask()])
    expect(answers).toMatchObject([{ reason: { message: 'enough' } }, { reason: { message: 'enough' } }])
    expect([eyes.looked.length, reader.reads.length]).toEqual([2, 1])
  })

  it('refuses a frame that never came', async () => {
    const deaf: FrameReader = { ...stored('video'), read: async () => undefined }
    await expect(lookAtFrames({ frames: FRAMES, reader: deaf }, eyesWith(), NEVER, keepLooks())).rejects.toMatchObject({
      code: 'corrupt_media',
      details: { index: 0 },
    })
  })
})
