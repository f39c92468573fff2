/** Looks at the pictures of candidate frames with the models that want to see them, in batches, each frame read once. */
import type { Size } from '@/core/geometry'
import type { SampledFrame } from '@/core/pipeline/outputs'
import { lookOf } from '@/core/selection/look'
import type { CandidatePicture, OnPicture, ReadFrames } from './candidate-picture'
import type { BrowserDetector } from './detector'
import type { PictureEncoder, TakenPicture } from './dual-encoder'
import type { KeptEntries } from './kept-rows'

/** What is known already, and is added to: by frame index. `pictures` null = no dual encoder is asked. */
export type Known = { readonly looks: KeptEntries; readonly pictures: KeptEntries | null }
export type Lookers = {
  readonly detector: Pick<BrowserDetector, 'look' | 'batch'>
  readonly vision: Pick<PictureEncoder, 'take' | 'embedPictures'> | null
}

export type LookWorld = {
  /** Hands on each of the frames once. */
  readonly read: (frames: readonly SampledFrame[], onPicture: OnPicture) => Promise<ReadFrames>
  /** RGBA of 300 × 300: the picture as the detector wants it. */
  readonly squareOf: (picture: CandidatePicture) => Uint8ClampedArray
  readonly view: Size
  readonly signal: AbortSignal
  /** How many of the frames that had to be looked at are done. */
  readonly onDone: (done: number, total: number) => void
  readonly now: () => number
}

/** `looked` frames in all; milliseconds of the models (`lookMs`) and of everything else, which is reading (`framesMs`). */
export type LookReport = {
  readonly looked: number
  readonly framesMs: number
  readonly lookMs: number
  readonly stillsBecause: string | null
}

type Waiting = { readonly index: number; readonly square: Uint8ClampedArray | null; readonly taken: TakenPicture | null }

/** Frames that one of the models has not seen yet. */
export function unseen(frames: readonly SampledFrame[], { looks, pictures }: Known): SampledFrame[] {
  return frames.filter(({ index }) => !looks.has(index) || pictures?.has(index) === false)
}

/**
 * After it `known` has every frame. What was seen before it failed is kept in `known`, so that a second call goes on from there.
 *
 * @throws what reading and the models throw; the reason of the signal, between two batches at the latest
 */
export async function lookAtFrames(
  frames: readonly SampledFrame[],
  known: Known,
  { detector, vision }: Lookers,
  { read, squareOf, view, signal, onDone, now }: LookWorld,
): Promise<LookReport> {
  const begin = now()
  const wanted = unseen(frames, known)
  if (wanted.length === 0) return { looked: 0, framesMs: 0, lookMs: 0, stillsBecause: null }
  let waiting: Waiting[] = []
  let [lookMs, done] = [0, 0]
  onDone(0, wanted.length)

  async function lookAtWaiting(): Promise<void> {
    signal.throwIfAborted()
    const [batch, from] = [waiting, now()]
    waiting = []
    const squares = batch.flatMap(({ index, square }) => (square === null ? [] : [{ index, square }]))
    const answers = squares.length === 0 ? [] : await detector.look(squares.map(({ square }) => square))
    for (const [at, { index, square }] of squares.entries()) {
      const answer = answers[at]
      if (answer === undefined) continue
      const { seen, feature } = lookOf(answer, square, view)
      known.looks.set(index, { vector: feature, seen })
    }
    const taken = batch.flatMap((each) => (each.taken === null ? [] : [{ index: each.index, taken: each.taken }]))
    const vectors = taken.length === 0 ? [] : await vision?.embedPictures(taken.map((each) => each.taken))
    for (const [at, { index }] of taken.entries()) {
      const vector = vectors?.[at]
      if (vector !== undefined) known.pictures?.set(index, { vector, seen: null })
    }
    lookMs += now() - from
    done += batch.length
    onDone(done, wanted.length)
  }

  const { stillsBecause } = await read(wanted, async (picture) => {
    signal.throwIfAborted()
    const { index } = picture.frame
    waiting.push({
      index,
      square: known.looks.has(index) ? null : squareOf(picture),
      taken: vision === null || known.pictures?.has(index) !== false ? null : vision.take(picture),
    })
    if (waiting.length >= detector.batch) await lookAtWaiting()
  })
  if (waiting.length > 0) await lookAtWaiting()
  return { looked: wanted.length, framesMs: now() - begin - lookMs, lookMs, stillsBecause }
}
