/** Looks at the candidate frames of a video once: what is on them, how they look, what can be said of them. */
import { AppError } from '@/core/errors'
import type { FrameIndex } from '@/core/ids'
import type { Caption, SampledFrame, Shot } from '@/core/pipeline/outputs'
import type { Look } from '@/core/selection/look'
import { type KeptLooks, keepLooks, LOOKS } from './kept-looks'
import type { EmbeddedDetector } from './models/embedded-detector'
import type { FramePicture, FrameReader } from './models/roles'
import { templateCaptioner } from './models/template-captioner'
import type { Vision } from './select-frames-vision'

/** The frames of a video that may be chosen, in time order. */
export type Candidates = { readonly frames: readonly SampledFrame[]; readonly shots: readonly Shot[]; readonly reader: FrameReader }

/** `vision` null = no dual encoder looks. */
export type Eyes = { readonly detector: Pick<EmbeddedDetector, 'lookAt' | 'sha256'>; readonly vision: Vision | null }

/** Of each frame, in their order; `pictures` = vectors of the dual encoder, null where none looks. */
export type LookedAt = { readonly looks: readonly Look[]; readonly pictures: readonly Float32Array[] | null }

/**
 * Decodes and looks at those frames that were not looked at before; of a stored video all others are remembered. Two that ask for the same
 * video at the same time look one after the other, and so the second finds what the first saw.
 *
 * @throws AppError corrupt_media when a frame cannot be read, and what models and decoding can throw; the reason of the signal
 */
export async function lookAtFrames(
  { frames, reader }: Pick<Candidates, 'frames' | 'reader'>,
  eyes: Eyes,
  signal: AbortSignal,
  kept: KeptLooks = LOOKS,
): Promise<LookedAt> {
  const { videoSha256 = null } = reader
  if (videoSha256 === null) return await look(frames, reader, memoryOf('', eyes, keepLooks(Number.POSITIVE_INFINITY)), signal)
  return await inTurn(videoSha256, signal, () => look(frames, reader, memoryOf(videoSha256, eyes, kept), signal))
}

/** The same where the embedded captioner describes the frames, with closer looks that are not kept. Each frame is decoded once. */
export async function captionFrames(
  { frames, shots, reader }: Candidates,
  eyes: Eyes & { readonly detector: EmbeddedDetector },
  signal: AbortSignal,
): Promise<LookedAt & { readonly captions: readonly Caption[] }> {
  const memory = memoryOf('', eyes, keepLooks(Number.POSITIVE_INFINITY))
  const wanted = new Set<number>(frames.map(({ index }) => index))
  const watched: FrameReader = {
    ...reader,
    read: (some, onPicture) =>
      reader.read(some, async (picture) => {
        signal.throwIfAborted()
        if (wanted.has(picture.frame.index)) await memory.see(picture)
        await onPicture(picture)
      }),
  }
  const captions = await templateCaptioner(eyes.detector).caption(frames, shots, watched, 1)
  return { ...(await look(frames, reader, memory, signal)), captions }
}

type Seen = { readonly look: Look; readonly picture: Float32Array | null }
type Memory = {
  readonly isSeeing: boolean
  /** Null = one of the models has not seen it. */
  of(frame: FrameIndex): Seen | null
  see(picture: FramePicture): Promise<Seen>
}

async function look(frames: readonly SampledFrame[], reader: FrameReader, memory: Memory, signal: AbortSignal): Promise<LookedAt> {
  signal.throwIfAborted()
  const seen = new Map(frames.map(({ index }) => [index, memory.of(index)]))
  const unseen = frames.filter(({ index }) => seen.get(index) === null)
  if (unseen.length > 0) {
    await reader.read(unseen, async (picture) => {
      signal.throwIfAborted()
      seen.set(picture.frame.index, await memory.see(picture))
    })
  }
  const found = frames.map(({ index }) => {
    const one = seen.get(index)
    if (one == null) throw new AppError('corrupt_media', `Frame ${index} of the video could not be read.`, { index })
    return one
  })
  const pictures = found.flatMap(({ picture }) => (picture === null ? [] : [picture]))
  return { looks: found.map((one) => one.look), pictures: memory.isSeeing ? pictures : null }
}

function memoryOf(video: string, { detector, vision }: Eyes, kept: KeptLooks): Memory {
  const lookOnce = async (model: string, frame: FrameIndex, make: () => Promise<Look>): Promise<Look> => {
    const known = kept.get(video, model, frame)
    if (known !== undefined) return known
    const made = await make()
    kept.put(video, model, frame, made)
    return made
  }
  return {
    isSeeing: vision !== null,
    of(frame) {
      const own = kept.get(video, detector.sha256, frame)
      const picture = vision === null ? null : kept.get(video, vision.sha256, frame)
      return own === undefined || picture === undefined ? null : { look: own, picture: picture?.feature ?? null }
    },
    async see(picture) {
      const { index } = picture.frame
      const own = await lookOnce(detector.sha256, index, () => detector.lookAt(picture))
      if (vision === null) return { look: own, picture: null }
      const embed = async (): Promise<Look> => ({ seen: [], feature: await vision.embedPicture(picture) })
      return { look: own, picture: (await lookOnce(vision.sha256, index, embed)).feature }
    },
  }
}

/** The end of the last turn, by video. */
const turns = new Map<string, Promise<unknown>>()

async function inTurn<T>(video: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const before = turns.get(video) ?? Promise.resolve()
  const own = before.then(async () => {
    signal.throwIfAborted()
    return await work()
  })
  const end = own.catch(() => undefined)
  turns.set(video, end)
  try {
    return await own
  } finally {
    if (turns.get(video) === end) turns.delete(video)
  }
}
