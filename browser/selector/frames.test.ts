import { describe, expect, it, vi } from 'vitest'
import { AppError } from '@/core/errors'
import type { FrameTable } from '@/core/frame-table'
import { frameIndexSchema } from '@/core/ids'
import type { SampledFrame } from '@/core/pipeline/outputs'
import type { CandidatePicture, FrameSource } from './candidate-picture'
import { readCandidates } from './frames'

const COUNT = 8
const pts = Array.from({ length: COUNT }, (_, at) => at)
const table: FrameTable = {
  ...{ timeBase: [1, 2], width: 8, height: 8, codedWidth: 8, codedHeight: 8, rotation: 0, sar: [1, 1] },
  ...{ pts, duration: pts.map(() => 1), key: pts.map((at) => at === 0) },
}
const request = { projectId: 'p', video: { id: 'v', sha256: 'a'.repeat(64), width: 8, height: 8 }, table }
const frameOf = (index: number): SampledFrame => ({ index: frameIndexSchema.parse(index), pts: index, timeSec: index / 2 })
const FRAMES = [0, 2, 4, 6].map(frameOf)
const signal = new AbortController().signal

const picture = (frame: SampledFrame): CandidatePicture => ({
  ...{ frame, width: 8, height: 8, draw: () => undefined },
  get source(): never {
    throw new Error('no pictures here')
  },
})
/** Gives the frames that it is told to, and then says or throws what it is told to. */
const giving = (indices: readonly number[], end: string | null | Error = null) =>
  vi.fn<FrameSource>(async (_, frames, onPicture) => {
    for (const frame of frames) if (indices.includes(frame.index)) await onPicture(picture(frame))
    if (end instanceof Error) throw end
    return end
  })
const ALL = [0, 2, 4, 6]

async function read(decoded: FrameSource, stills: FrameSource, more: { signal?: AbortSignal; frames?: readonly SampledFrame[] } = {}) {
  const got: number[] = []
  const answer = await readCandidates(
    request,
    more.frames ?? FRAMES,
    async ({ frame }) => {
      got.push(frame.index)
    },
    more.signal ?? signal,
    { decoded, stills },
  )
  return { got, ...answer }
}

describe('candidate frames', () => {
  it('are decoded, and no still is asked for', async () => {
    const stills = giving(ALL)
    expect(await read(giving(ALL), stills)).toEqual({ got: ALL, decoded: 4, stills: 0, stillsBecause: null })
    expect(stills).not.toHaveBeenCalled()
  })

  it('that the file does not have at their time come as stills', async () => {
    const stills = giving(ALL)
    const answer = await read(giving([0, 6]), stills)
    expect(answer).toMatchObject({ got: [0, 6, 2, 4], decoded: 2, stills: 2, stillsBecause: expect.stringContaining('times') })
    expect(stills.mock.calls[0]?.[1].map(({ index }) => index)).toEqual([2, 4])
  })

  it.each([
    ['the decoder says why it cannot', giving([], 'This browser cannot.'), 'This browser cannot.', 0],
    ['decoding breaks off in the middle', giving([0, 2], new Error('EncodingError')), 'could not decode', 2],
  ])('come as stills where %s', async (_, decoded, words, count) => {
    expect(await read(decoded, giving(ALL))).toMatchObject({ got: ALL, decoded: count, stillsBecause: expect.stringContaining(words) })
  })

  it('are refused with the code of the server where a still cannot be had either', async () => {
    const broken = new AppError('corrupt_media', 'Frame 2 cannot be decoded.')
    await expect(read(giving([]), giving([0], broken))).rejects.toBe(broken)
  })

  it('outside of the table are not asked for', async () => {
    const decoded = giving(ALL)
    await expect(read(decoded, giving(ALL), { frames: [frameOf(COUNT)] })).rejects.toMatchObject({ code: 'frame_out_of_range' })
    expect(decoded).not.toHaveBeenCalled()
  })
})

describe('the end of reading', () => {
  it('is what the caller threw, without stills', async () => {
    const stills = giving(ALL)
    const fault = new Error('the model broke')
    const onPicture = vi.fn(async () => Promise.reject(fault))
    await expect(readCandidates(request, FRAMES, onPicture, signal, { decoded: giving(ALL), stills })).rejects.toBe(fault)
    expect(onPicture).toHaveBeenCalledTimes(1)
    expect(stills).not.toHaveBeenCalled()
  })

  it('comes with the signal: before, between two frames, and before the stills', async () => {
    const reason = new Error('enough')
    const decoded = giving(ALL)
    await expect(read(decoded, giving(ALL), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(decoded).not.toHaveBeenCalled()
    const control = new AbortController()
    const got: number[] = []
    const stopAtSecond = async ({ frame }: CandidatePicture) => {
      got.push(frame.index)
      if (got.length === 2) control.abort(reason)
    }
    const sources = { decoded: giving(ALL), stills: giving(ALL) }
    await expect(readCandidates(request, FRAMES, stopAtSecond, control.signal, sources)).rejects.toBe(reason)
    expect(got).toEqual([0, 2])
    expect(sources.stills).not.toHaveBeenCalled()
  })
})
