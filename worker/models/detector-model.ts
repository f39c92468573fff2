/** Runs the embedded detector on prepared pictures. Used by the detector and by the verifier that looks a second time. */
import { type DetectorAnswer, detectorAnswers, detectorFeed } from '@/core/models/detector-io'
import { embeddedFolder } from '@/server/models/embedded-models'
import { embeddedModel } from './embedded-folder'
import { openOnnxModel } from './onnx-runtime'

export type DetectorModel = {
  readonly version: string
  readonly sha256: string
  /** One answer for each picture, prepared by `detectorInput`. */
  look(pictures: readonly Float32Array[]): Promise<DetectorAnswer[]>
}

/** @throws AppError missing_file, bad_file, model_unavailable */
export async function openDetectorModel(folder = embeddedFolder()): Promise<DetectorModel> {
  const { entry, model: file } = await embeddedModel('ssd-coco', folder)
  const model = await openOnnxModel(file)
  return {
    version: entry.version,
    sha256: entry.sha256,
    look: async (pictures) => (pictures.length === 0 ? [] : detectorAnswers(await model.run(detectorFeed(pictures)), pictures.length)),
  }
}
