/**
 * Stage `ground`: boxes of each key object on each core frame. Where the writer of a question rests it on boxes that it saw
 * (support), these are the boxes; a second search by words could only find other things of the same kind.
 */
import { clampRect, type Size } from '@/core/geometry'
import type { GroundOutput, QaPair } from '@/core/pipeline/outputs'
import { rectSchema } from '@/core/records'
import type { Detector, Found, FramePicture } from '../models/roles'
import { badAnswer } from './bad-answer'
import { need, pairOf } from './before'
import { type CoreFrame, coreFramesOf, lookAtFrames } from './core-frames'
import type { Stage, StageInput } from './stage'

type Box = GroundOutput['boxes'][number]

/** Boxes with an area inside the picture, cut at its edges, best first, no more than the settings allow. */
function usable(boxes: readonly Omit<Box, 'object' | 'frame'>[], size: Size, maxBoxes: number) {
  return boxes
    .map((box) => {
      if (!rectSchema.safeParse(box.rect).success || !Number.isFinite(box.score))
        throw badAnswer('detector', 'a box is not made of numbers.')
      return { ...box, label: box.label.slice(0, 200), rect: clampRect(box.rect, size) }
    })
    .filter(({ rect }) => rect.w > 0 && rect.h > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, maxBoxes)
}

/** The boxes of a writer that saw them; null when the objects are not the ones it named. */
function fromSupport(support: NonNullable<QaPair['support']>, input: StageInput, frames: readonly CoreFrame[]): GroundOutput | null {
  const { objects } = need(input, 'name-objects')
  if (objects.length !== support.objects.length || objects.some(({ phrase }, at) => support.objects[at]?.phrase !== phrase)) return null
  const { table } = input.video
  const boxes = frames.flatMap(({ place, frame }) =>
    support.objects.flatMap((object, position) => {
      const seen = object.boxes.filter((box) => box.frameIndex === frame.index)
      const found = seen.map(({ rect, score }) => ({ rect, score, label: object.label }))
      return usable(found, table, input.settings.detection.maxBoxes).map((box): Box => ({ object: position, frame: place, ...box }))
    }),
  )
  return { boxes, undetectable: [] }
}

async function detectOn(detector: Detector, picture: FramePicture, phrases: readonly string[], input: StageInput): Promise<Found[]> {
  const { boxThreshold, textThreshold } = input.settings.detection
  const found = await detector.detect(picture, phrases, { box: boxThreshold, text: textThreshold })
  if (found.length !== phrases.length) throw badAnswer('detector', `${found.length} answers for ${phrases.length} phrases.`)
  return found
}

/** Throws AppError model_bad_answer, frame_out_of_range, and what the detector and decoding throw. */
export const groundStage: Stage<'ground'> = async (input, deps) => {
  const frames = coreFramesOf(input)
  const { support } = pairOf(input)
  const known = support === null ? null : fromSupport(support, input, frames)
  if (known !== null) return known
  const phrases = need(input, 'name-objects').objects.map(({ phrase }) => phrase)
  if (phrases.length === 0) return { boxes: [], undetectable: [] }
  const detector = await deps.models.detector()
  const boxes: Box[] = []
  const reasons = new Map<number, string>()
  await lookAtFrames(frames, deps, async (picture, place) => {
    for (const [object, found] of (await detectOn(detector, picture, phrases, input)).entries()) {
      if (found.reason !== null) reasons.set(object, found.reason)
      for (const box of usable(found.boxes, picture, input.settings.detection.maxBoxes)) boxes.push({ object, frame: place, ...box })
    }
  })
  const undetectable = [...reasons]
    .filter(([object]) => !boxes.some((box) => box.object === object))
    .map(([object, reason]) => ({ object, reason: reason.slice(0, 500) }))
    .sort((a, b) => a.object - b.object)
  // In order of the frames, whatever order the answers came in: a stored result is compared by its bytes.
  const ordered = frames.flatMap(({ place }) => boxes.filter((box) => box.frame === place))
  return { boxes: ordered, undetectable }
}
