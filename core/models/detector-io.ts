/**
 * What the embedded detector (SSD MobileNet, COCO) takes and gives: pictures as planes on the way in, one answer a picture on the way
 * out. Pure, so that worker and browser feed the graph with the same numbers.
 */
import { AppError } from '../errors'
import type { RawDetections } from './detections'
import { floatsOf, integersOf, type TensorInputs, type TensorOutputs } from './tensors'

/** Pixels; pictures are squeezed to a square, not set between bars, because the network was trained so. */
export const DETECTOR_SIDE = 300
const PLANE = DETECTOR_SIDE * DETECTOR_SIDE
/** Numbers of one picture: red, green and blue plane. */
export const DETECTOR_PLANES = PLANE * 3
/** Numbers of a feature. */
export const DETECTOR_FEATURE = 1280

/** `feature` = the last feature map averaged, 1280 numbers: two pictures of one shot are alike from a cosine of about 0.985. */
export type DetectorAnswer = { readonly raw: RawDetections; readonly feature: Float32Array }

/**
 * Packed pixels of 300 × 300 as three planes of numbers from −1 to 1.
 *
 * @param pixels row by row, 3 (RGB) or 4 (RGBA, opacity left out) bytes each
 * @throws AppError invalid_input for another number of bytes
 */
export function planesOf(pixels: Uint8Array | Uint8ClampedArray): Float32Array {
  const bytes = pixels.length / PLANE
  if (bytes !== 3 && bytes !== 4) {
    throw new AppError('invalid_input', `A picture for the detector has ${DETECTOR_SIDE} × ${DETECTOR_SIDE} pixels of 3 or 4 bytes.`, {
      bytes: pixels.length,
    })
  }
  const planes = new Float32Array(DETECTOR_PLANES)
  for (let pixel = 0; pixel < PLANE; pixel += 1) {
    for (let colour = 0; colour < 3; colour += 1) planes[colour * PLANE + pixel] = ((pixels[pixel * bytes + colour] ?? 0) * 2) / 255 - 1
  }
  return planes
}

/** The same picture seen in a mirror. */
export function mirrored(planes: Float32Array): Float32Array {
  const turned = new Float32Array(planes.length)
  for (let row = 0; row < planes.length; row += DETECTOR_SIDE) turned.set(planes.slice(row, row + DETECTOR_SIDE).reverse(), row)
  return turned
}

/** One batch: `image` [n, 3, 300, 300]. @throws AppError invalid_input for planes of another size */
export function detectorFeed(pictures: readonly Float32Array[]): TensorInputs {
  const data = new Float32Array(pictures.length * DETECTOR_PLANES)
  for (const [place, picture] of pictures.entries()) {
    if (picture.length !== DETECTOR_PLANES) {
      throw new AppError('invalid_input', 'A picture for the detector is not of the size that it takes.', { numbers: picture.length })
    }
    data.set(picture, place * DETECTOR_PLANES)
  }
  return { image: { type: 'float32', data, dims: [pictures.length, 3, DETECTOR_SIDE, DETECTOR_SIDE] } }
}

/**
 * The answers of a batch of `count` pictures, in their order; `count` ≥ 1.
 *
 * @throws AppError model_bad_answer when the outputs are missing or do not fit the number of pictures and each other
 */
export function detectorAnswers(outputs: TensorOutputs, count: number): DetectorAnswer[] {
  const [score, boxes, gap] = [floatsOf(outputs, 'score'), floatsOf(outputs, 'boxes'), floatsOf(outputs, 'gap')]
  const classes = integersOf(outputs, 'cls')
  const anchors = score.length / count
  const fits = Number.isInteger(anchors) && classes.length === score.length && boxes.length === score.length * 4
  if (!fits || gap.length !== count * DETECTOR_FEATURE) {
    throw new AppError('model_bad_answer', 'The detector did not give one answer for each picture.', { pictures: count })
  }
  return Array.from({ length: count }, (_, place) => ({
    raw: {
      score: score.subarray(place * anchors, (place + 1) * anchors),
      classes: classes.subarray(place * anchors, (place + 1) * anchors),
      boxes: boxes.subarray(place * anchors * 4, (place + 1) * anchors * 4),
    },
    // A copy: features are kept, and shall not hold the whole output in memory.
    feature: gap.slice(place * DETECTOR_FEATURE, (place + 1) * DETECTOR_FEATURE),
  }))
}
