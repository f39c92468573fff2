/** Looks at the candidate frames of a video once: what is on them, how they look, what can be said of them. */
import { AppError } from '@/core/errors'
import type { Caption, SampledFrame, Shot } from '@/core/pipeline/outputs'
import type { Look } from '@/core/selection/look'
import type { EmbeddedDetector } from './models/embedded-detector'
import type { FramePicture, FrameReader } from './models/roles'
import { templateCaptioner } from './models/template-captioner'
import type { Vision } from './select-frames-vision'

/** The frames of a video that may be chosen, in time order. */
export type Candidates = { readonly frames: readonly SampledFrame[]; readonly shots: readonly Shot[]; readonly reader: FrameReader }

/** Of each candidate, in their order; null = nobody asked for it. */
export type LookedAt = {
  readonly looks: readonly Look[]
  readonly captions: readonly Caption[] | null
  readonly vision: readonly number[] | null
}

/** `isCaptioned` = the embedded captioner describes the frames; `vision` null = no dual encoder is asked. */
export type Wish = {
  readonly isCaptioned: boolean
  readonly vision: Vision | null
  readonly question: string
  readonly signal: AbortSignal
}
type Seen = { readonly look: Look; readonly agreement: number }

/**
 * Each frame is decoded once, also where it is captioned.
 *
 * @throws AppError corrupt_media when a frame cannot be read, and what models and decoding can throw
 */
export async function lookAtFrames({ frames, shots, reader }: Candidates, detector: EmbeddedDetector, wish: Wish): Promise<LookedAt> {
  const seen = new Map<number, Seen>()
  const wanted = new Set<number>(frames.map(({ index }) => index))
  const look = async (picture: FramePicture) => {
    wish.signal.throwIfAborted()
    const { index } = picture.frame
    if (wanted.has(index) && !seen.has(index)) seen.set(index, await lookAt(picture, detector, wish))
  }
  const watched: FrameReader = {
    ...reader,
    read: (some, onPicture) =>
      reader.read(some, async (picture) => {
        await look(picture)
        await onPicture(picture)
      }),
  }
  const captions = wish.isCaptioned ? await templateCaptioner(detector).caption(frames, shots, watched, 1) : null
  if (captions === null) await reader.read(frames, look)
  const found = frames.map(({ index }) => {
    const one = seen.get(index)
    if (one === undefined) throw new AppError('corrupt_media', `Frame ${index} of the video could not be read.`, { index })
    return one
  })
  return {
    looks: found.map((one) => one.look),
    captions,
    vision: wish.vision === null ? null : found.map(({ agreement }) => agreement),
  }
}

async function lookAt(picture: FramePicture, detector: EmbeddedDetector, { vision, question }: Wish): Promise<Seen> {
  return { look: await detector.lookAt(picture), agreement: vision === null ? 0 : await vision.agreement(picture, question) }
}
