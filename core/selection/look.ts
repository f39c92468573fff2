/** One look of the embedded detector at a whole picture: what is on it and how it looks. All that a selector keeps of pixels. */
import type { Size } from '../geometry'
import { candidatesOf, suppressed } from '../models/detections'
import { DETECTOR_SIDE, type DetectorAnswer } from '../models/detector-io'
import type { FrameFacts } from '../pipeline/facts'
import { colourOf } from '../pipeline/template/colour'
import type { SeenThing } from './signals/objects-signal'

/** Below this the detector guesses; nobody asks for less. */
export const LEAST_SEEN = 0.2
const SQUARE: Size = { width: DETECTOR_SIDE, height: DETECTOR_SIDE }

/** `seen` best first, one box a thing, in pixels of the still; `feature` = 1280 numbers, not of unit length. */
export type Look = { readonly seen: readonly SeenThing[]; readonly feature: Float32Array }

/**
 * @param answer what the detector gave for the picture
 * @param pixels the picture as the detector saw it: 300 × 300, packed RGB or RGBA; colours are read from it
 * @param view size of the still in pixels
 */
export function lookOf(answer: DetectorAnswer, pixels: Uint8Array | Uint8ClampedArray, view: Size): Look {
  const [across, down] = [SQUARE.width / view.width, SQUARE.height / view.height]
  const seen = suppressed(candidatesOf(answer.raw, view, LEAST_SEEN)).map((one): SeenThing => {
    const { x, y, w, h } = one.rect
    const rect = { x: x * across, y: y * down, w: w * across, h: h * down }
    return { ...one, colour: colourOf(pixels, SQUARE, rect, one.label) }
  })
  return { seen, feature: answer.feature }
}

/** What is known to be on a frame: a captioner looked closer than the one look, so what it saw counts where there is such. */
export function seenOn(look: Look, facts: FrameFacts | null): readonly SeenThing[] {
  return facts?.sightings ?? look.seen
}
