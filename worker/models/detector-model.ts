/** Runs the embedded detector on prepared pictures. Used by the detector and by the verifier that looks a second time. */
import type { RawDetections } from '@/core/pipeline/detections'
import { DETECTOR_SIDE } from './detector-input'
import { embeddedFolder, embeddedModel } from './embedded-folder'
import { floatsOf, integersOf, openOnnxModel } from './onnx-runtime'

/** `feature` = the last feature map averaged, 1280 numbers: two pictures of one shot are alike from a cosine of about 0.985. */
export type DetectorAnswer = { readonly raw: RawDetections; readonly feature: Float32Array }

export type DetectorModel = {
  readonly version: string
  /** One answer for each picture, prepared by `detectorInput`. */
  look(pictures: readonly Float32Array[]): Promise<DetectorAnswer[]>
}

/** @throws AppError missing_file, bad_file, model_unavailable */
export async function openDetectorModel(folder = embeddedFolder()): Promise<DetectorModel> {
  const { entry, model: file } = await embeddedModel('ssd-coco', folder)
  const model = await openOnnxModel(file)
  return {
    version: entry.version,
    async look(pictures) {
      if (pictures.length === 0) return []
      const data = new Float32Array(pictures.length * DETECTOR_SIDE * DETECTOR_SIDE * 3)
      pictures.forEach((picture, place) => {
        data.set(picture, place * DETECTOR_SIDE * DETECTOR_SIDE * 3)
      })
      const outputs = await model.run({ image: { type: 'float32', data, dims: [pictures.length, 3, DETECTOR_SIDE, DETECTOR_SIDE] } })
      const [score, boxes, gap] = [floatsOf(outputs, 'score'), floatsOf(outputs, 'boxes'), floatsOf(outputs, 'gap')]
      const classes = integersOf(outputs, 'cls')
      const bounds = (length: number, place: number) =>
        [(length / pictures.length) * place, (length / pictures.length) * (place + 1)] as const
      return pictures.map((_, place) => ({
        raw: {
          score: score.subarray(...bounds(score.length, place)),
          classes: classes.subarray(...bounds(classes.length, place)),
          boxes: boxes.subarray(...bounds(boxes.length, place)),
        },
        feature: gap.slice(...bounds(gap.length, place)),
      }))
    },
  }
}
