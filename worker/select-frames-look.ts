/** Looks at the candidate frames of a video once: what is on them, how they look, what can be said of them. */
import { AppError } from '@/core/errors'
import type { Caption, SampledFrame, Shot } from '@/core/pipeline/outputs'
import { colourOf } from '@/core/pipeline/template/colour'
import type { SeenThing } from '@/core/selection/signals/objects-signal'
import type { EmbeddedDetector } from './models/embedded-detector'
import type { FramePicture, FrameReader } from './models/roles'
import { templateCaptioner } from './models/template-captioner'
import type { Vision } from './select-frames-vision'

/** The frames of a video that may be chosen, in time order. */
export type Candidates = { readonly frames: readonly SampledFrame[]; readonly shots: readonly Shot[]; readonly reader: FrameReader }

/** Of each candidate, in their order; `captions` and `vision` are empty when nobody asked for them. */
export type LookedAt = {
  readonly seen: readonly (readonly SeenThing[])[]
  readonly features: readonly Float32Array[]
  readonly captions: readonly Caption[]
  readonly vision: readonly number[]
}

type Wish = {
  readonly isCaptioned: boolean
  readonly vision: Vision | null
  readonly question: string
  readonly signal: AbortSignal
}
type Look = { readonly seen: readonly SeenThing[]; readonly feature: Float32Array; readonly agreement: number }

/**
 * Each frame is decoded once, also where it is captioned. A captioner looks closer than the first look at a whole picture, so where
 * there are captions, what it saw counts.
 *
 * @throws AppError corrupt_media when a frame cannot be read, and what models and decoding can throw
 */
export async function lookAtFrames({ frames, shots, reader }: Candidates, detector: EmbeddedDetector, wish: Wish): Promise<LookedAt> {
  const looks = new Map<number, Look>()
  const wanted = new Set<number>(frames.map(({ index }) => index))
  const look = async (picture: FramePicture) => {
    wish.signal.throwIfAborted()
    const { index } = picture.frame
    if (wanted.has(index) && !looks.has(index)) looks.set(index, await lookAt(picture, detector, wish))
  }
  const watched: FrameReader = {
    ...reader,
    read: (some, onPicture) =>
      reader.read(some, async (picture) => {
        await look(picture)
        await onPicture(picture)
      }),
  }
  const captions = wish.isCaptioned ? await templateCaptioner(detector).caption(frames, shots, watched, 1) : []
  if (!wish.isCaptioned) await reader.read(frames, look)
  const found = frames.map(({ index }) => {
    const one = looks.get(index)
    if (one === undefined) throw new AppError('corrupt_media', `Frame ${index} of the video could not be read.`, { index })
    return one
  })
  return {
    seen: found.map(({ seen }, at) => captions[at]?.facts?.sightings ?? seen),
    features: found.map(({ feature }) => feature),
    captions,
    vision: wish.vision === null ? [] : found.map(({ agreement }) => agreement),
  }
}

async function lookAt(picture: FramePicture, detector: EmbeddedDetector, { isCaptioned, vision, question }: Wish): Promise<Look> {
  const feature = await detector.featureOf(picture)
  const detections = isCaptioned ? [] : await detector.detectAll(picture)
  const seen = detections.map((one) => ({ ...one, colour: colourOf(picture.rgb, picture, one.rect, one.label) }))
  return { seen, feature, agreement: vision === null ? 0 : await vision.agreement(picture, question) }
}
