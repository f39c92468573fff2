/** The selector's own models, by the selector's own code, on one device. */
import { detectorOf } from '@/browser/selector/detector'
import { openDetectorUpload } from '@/browser/selector/detector-upload'
import type { Gpu } from '@/browser/selector/device'
import { openPictureEncoder, openQuestionEncoder, type PictureEncoder, type VisionPicture } from '@/browser/selector/dual-encoder'
import { encoderOf, tokenizerOf } from '@/browser/selector/encoder'
import type { VerifiedModel } from '@/browser/selector/models'
import { openOnnxSession } from '@/browser/selector/onnx-session'
import { DETECTOR_SIDE, planesOf } from '@/core/models/detector-io'
import { type DualHalf, HALF_OUTPUT } from '@/core/models/dual-encoder-io'
import { graphPart } from '@/core/models/graph-part'
import { contextOf, framesOf, sentencesOf } from './bench-input'
import { measure, type Patience } from './measure'
import type { Measured, PageOutcome } from './outcome'
import { DUAL_ENCODER } from './packed-list'
import type { readPacked } from './packed-models'

/** How many at a time; `frames` = of a whole video. */
export type Sizes = {
  readonly detector: readonly number[]
  readonly encoder: readonly number[]
  readonly dual: readonly number[]
  readonly frames: number
}
export type CaseWorld = {
  readonly gpu: Gpu | null
  readonly sizes: Sizes
  readonly patience: Patience
  readonly packed: Awaited<ReturnType<typeof readPacked>>
  /** Said while it runs. */
  readonly say: (line: string) => void
}
export type Cases = { readonly models: PageOutcome['models']; readonly measured: Measured[]; readonly vectors: Float32Array[] }

/** One model after the other, so that none waits for memory of another. `compared` = pictures whose vectors are given back. */
export async function cremaCases(world: CaseWorld, compared: readonly VisionPicture[]): Promise<Cases> {
  const models: Cases['models'] = []
  const measured: Measured[] = []
  const device = world.gpu === null ? 'wasm' : 'webgpu'
  const time = async (what: string, batch: number, work: () => Promise<unknown>, patience = world.patience) => {
    world.say(`${what}, ${batch} at a time, ${device} …`)
    measured.push(await measure({ what, by: 'crema', device, batch }, patience, work))
  }
  const opened = async (name: string, half?: DualHalf) => {
    const weights = await weightsOf(world, name, half)
    const begin = performance.now()
    const session = await openOnnxSession(weights, world.gpu)
    models.push({
      name: half === undefined ? name : `${name} (${half})`,
      bytes: weights.content.length,
      by: 'crema',
      device,
      openMs: performance.now() - begin,
    })
    return session
  }
  await detectorCases(world, opened, time)
  await encoderCases(world, opened, time)
  const vectors = await dualCases(world, opened, time, compared)
  return { models, measured, vectors }
}

/** Of a dual encoder only the half that is meant, as the selector opens it. */
async function weightsOf({ packed }: CaseWorld, name: string, half?: DualHalf): Promise<VerifiedModel> {
  const whole = await packed.weights(name)
  const content = half === undefined ? null : graphPart(whole.content, HALF_OUTPUT[half])
  return content === null ? whole : { ...whole, content }
}

type Open = (name: string, half?: DualHalf) => ReturnType<typeof openOnnxSession>
type Time = (what: string, batch: number, work: () => Promise<unknown>, patience?: Patience) => Promise<void>

async function detectorCases({ gpu, sizes, patience }: CaseWorld, opened: Open, time: Time): Promise<void> {
  const detector = detectorOf(await opened('ssd-coco'))
  const context = contextOf(DETECTOR_SIDE, DETECTOR_SIDE)
  const pixelsOf = (picture: VisionPicture) => {
    picture.draw(context, DETECTOR_SIDE, DETECTOR_SIDE)
    return context.getImageData(0, 0, DETECTOR_SIDE, DETECTOR_SIDE).data
  }
  const frames = await framesOf(Math.max(...sizes.detector))
  const pixels = frames.map(pixelsOf)
  await time('detector: draw to 300 × 300 and read', 1, async () => frames.slice(0, 1).map(pixelsOf))
  for (const batch of sizes.detector) {
    const some = pixels.slice(0, batch)
    const upload = gpu === null ? null : openDetectorUpload(gpu.device, batch)
    await time('detector: bytes to planes', batch, async () => {
      if (upload === null) return some.map(planesOf)
      upload.prepare(some)
      return gpu?.device.queue.onSubmittedWorkDone()
    })
    upload?.dispose()
    await time('detector: look', batch, () => detector.look(some))
  }
  const whole = async () => {
    for (let from = 0; from < sizes.frames; from += detector.batch) {
      const count = Math.min(detector.batch, sizes.frames - from)
      await detector.look(
        Array.from({ length: count }, (_, place) => frames[(from + place) % frames.length]).flatMap((each) =>
          each ? [pixelsOf(each)] : [],
        ),
      )
    }
  }
  await time('detector: a whole video', sizes.frames, whole, { ...patience, runs: Math.min(5, patience.runs) })
  await detector.release()
}

async function encoderCases({ sizes, packed }: CaseWorld, opened: Open, time: Time): Promise<void> {
  const session = await opened('use-lite')
  const encoder = encoderOf(session.sha256, tokenizerOf(await packed.vocabulary()), async () => session)
  for (const batch of sizes.encoder) {
    const sentences = sentencesOf(batch)
    await time('sentence encoder: embed', batch, () => encoder.embed(sentences))
  }
  await session.release()
}

async function dualCases(
  { gpu, sizes, packed }: CaseWorld,
  opened: Open,
  time: Time,
  compared: readonly VisionPicture[],
): Promise<Float32Array[]> {
  const files = await packed.dualEncoder()
  const vision = openPictureEncoder(files, await opened(DUAL_ENCODER, 'pictures'))
  const frames = await framesOf(Math.max(...sizes.dual))
  await time('dual encoder: prepare a picture', 1, () => prepared(vision, frames.slice(0, 1), gpu))
  for (const batch of sizes.dual) {
    const some = frames.slice(0, batch)
    await time('dual encoder: prepare and embed', batch, () => vision.embedPictures(some.map((each) => vision.take(each))))
  }
  const texts = openQuestionEncoder(files, await opened(DUAL_ENCODER, 'texts'))
  await time('dual encoder: embed a question', 1, () => texts.embedText('what is the man in the red car doing'))
  await texts.release()
  const vectors = await vision.embedPictures(compared.map((each) => vision.take(each)))
  await vision.release()
  return vectors
}

async function prepared(vision: PictureEncoder, frames: readonly VisionPicture[], gpu: Gpu | null): Promise<void> {
  const taken = frames.map((each) => vision.take(each))
  await gpu?.device.queue.onSubmittedWorkDone()
  for (const each of taken) if ('buffer' in each) each.buffer.destroy()
}
