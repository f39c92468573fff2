/** The embedded detector in the browser: RGBA pictures in, one answer each out. */
import { AppError } from '@/core/errors'
import { DETECTOR_SIDE, type DetectorAnswer, detectorAnswers, detectorFeed, planesOf } from '@/core/models/detector-io'
import { type DetectorUpload, openDetectorUpload } from './detector-upload'
import type { BrowserSession, SessionInputs } from './onnx-session'

/** Pictures at a time: a card is filled with 16; a processor gains nothing from more, and can be stopped sooner with fewer. */
export const DETECTOR_BATCH = { webgpu: 16, wasm: 4 } as const
const BYTES = DETECTOR_SIDE * DETECTOR_SIDE * 4

export type BrowserDetector = {
  readonly kind: BrowserSession['kind']
  readonly sha256: string
  /** Pictures that are looked at together; more are looked at in turn. */
  readonly batch: number
  /**
   * @param pictures RGBA bytes of 300 × 300, one each: the whole picture, squeezed to a square
   * @throws AppError invalid_input for pictures of another size, model_bad_answer, unavailable
   */
  look(pictures: readonly Uint8ClampedArray[]): Promise<DetectorAnswer[]>
  release(): Promise<void>
}

export function detectorOf(session: BrowserSession): BrowserDetector {
  const batch = DETECTOR_BATCH[session.kind]
  const upload = session.device === null ? null : openDetectorUpload(session.device, batch)
  return {
    kind: session.kind,
    sha256: session.sha256,
    batch,
    async look(pictures) {
      const wrong = pictures.find(({ length }) => length !== BYTES)
      if (wrong !== undefined) {
        const message = `A picture for the detector has ${DETECTOR_SIDE} × ${DETECTOR_SIDE} pixels of 4 bytes.`
        throw new AppError('invalid_input', message, { bytes: wrong.length })
      }
      const answers: DetectorAnswer[] = []
      for (let from = 0; from < pictures.length; from += batch) {
        const some = pictures.slice(from, from + batch)
        answers.push(...detectorAnswers(await session.run(() => feedOf(some, upload)), some.length))
      }
      return answers
    },
    async release() {
      upload?.dispose()
      await session.release()
    },
  }
}

function feedOf(pictures: readonly Uint8ClampedArray[], upload: DetectorUpload | null): SessionInputs {
  return upload === null ? detectorFeed(pictures.map(planesOf)) : { image: upload.prepare(pictures) }
}
