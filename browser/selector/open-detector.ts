/** Opens the detector where it is right and, of two places where it is right, where it is faster. */
import { detectorAgreement } from '@/core/models/golden'
import { type BrowserDetector, DETECTOR_BATCH, detectorOf } from './detector'
import { uploadBytes } from './detector-upload'
import { goldenRgba, readGolden } from './golden-check'
import type { ModelHost } from './model-host'
import type { VerifiedModel } from './models'
import { msOf, openOnCard, openOnProcessor, type Recipe } from './open-checked'
import { fasterOf, type Place } from './placements'

const RECIPE: Recipe<BrowserDetector> = {
  what: 'detector',
  bufferBytes: uploadBytes(DETECTOR_BATCH.webgpu),
  make: detectorOf,
  // A whole batch on a card, because it runs other programs for other sizes, and is warm afterwards.
  agreement: async (detector, isSoftware) => {
    const isOnCard = detector.kind === 'webgpu' && !isSoftware
    const picture = goldenRgba()
    const pictures = Array.from({ length: isOnCard ? detector.batch : 1 }, () => picture)
    const [{ detector: golden }, answers] = await Promise.all([readGolden(), detector.look(pictures)])
    return Math.min(...answers.map((answer) => detectorAgreement(answer, golden)))
  },
  release: (detector) => detector.release(),
}

/** @throws AppError bad_file when it computes wrongly even on the processor, unavailable when the card is lost meanwhile */
export async function openDetector(weights: VerifiedModel, host: ModelHost): Promise<BrowserDetector> {
  const key = `${weights.sha256} ${host.facts.name} ${host.facts.threads}`
  // Who wished for the card is not asked whether it is the faster place.
  const place = host.wish === 'webgpu' ? 'webgpu' : await host.placements.get(key)
  const onCard = place === 'wasm' ? null : await openOnCard(RECIPE, weights, host)
  if (onCard !== null && place === 'webgpu') return onCard
  const onProcessor = await openOnProcessor(RECIPE, weights, host)
  if (onCard === null) return onProcessor
  const faster = await measure(onCard, onProcessor, host, key)
  await (faster === 'webgpu' ? onProcessor : onCard).release()
  return faster === 'webgpu' ? onCard : onProcessor
}

/** One warm batch on the card, one picture on the processor. */
async function measure(onCard: BrowserDetector, onProcessor: BrowserDetector, host: ModelHost, key: string): Promise<Place> {
  const picture = goldenRgba()
  const pictures = Array.from({ length: onCard.batch }, () => picture)
  const timing = {
    webgpu: (await msOf(() => onCard.look(pictures))) / onCard.batch,
    wasm: await msOf(() => onProcessor.look(pictures.slice(0, 1))),
  }
  await host.placements.set(key, timing)
  const [webgpu, wasm] = [timing.webgpu.toFixed(0), timing.wasm.toFixed(0)]
  const faster = fasterOf(timing)
  if (faster === 'wasm')
    host.note(`The detector runs on the processor, where it is faster (${wasm} ms a picture, ${webgpu} ms on the graphics card).`)
  return faster
}
