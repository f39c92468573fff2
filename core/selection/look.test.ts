import { describe, expect, it } from 'vitest'
import { frameIndexSchema } from '../ids'
import { COCO_LABELS } from '../models/coco-labels'
import { DETECTOR_SIDE } from '../models/detector-io'
import type { FrameFacts } from '../pipeline/facts'
import { LEAST_SEEN, lookOf, seenOn } from './look'

const PLANE = DETECTOR_SIDE ** 2
/** The left half blue, the right half red. */
function halves(bytes: 3 | 4): Uint8Array {
  const pixels = new Uint8Array(PLANE * bytes).fill(255)
  for (let pixel = 0; pixel < PLANE; pixel += 1) {
    pixels.set(pixel % DETECTOR_SIDE < DETECTOR_SIDE / 2 ? [20, 40, 200] : [210, 20, 20], pixel * bytes)
  }
  return pixels
}

/** Best anchors of a detector: label, score, and the box as shares of the picture. */
function answerOf(...found: [label: string, score: number, top: number, left: number, bottom: number, right: number][]) {
  const classes = found.map(([label]) => COCO_ID[label] ?? -1)
  const sides = [2, 3, 4, 5].flatMap((side) => found.map((one) => Number(one[side])))
  const feature = Float32Array.of(1, 2, 3)
  return { raw: { score: found.map(([, score]) => score), classes, boxes: sides }, feature }
}
/** COCO numbers less 1, as the graph gives them. */
const COCO_ID: Readonly<Record<string, number>> = { person: 0, car: 2, clock: 84 }
const VIEW = { width: 1200, height: 600 }

describe('lookOf', () => {
  it('names what is seen, in pixels of the still, with the colour of the square picture', () => {
    const answer = answerOf(['car', 0.9, 0.1, 0, 0.5, 0.5], ['clock', 0.6, 0.2, 0.5, 0.8, 1])
    const { seen, feature } = lookOf(answer, halves(3), VIEW)
    expect(seen).toEqual([
      { label: 'car', score: 0.9, rect: { x: 0, y: 60, w: 600, h: 240 }, colour: 'blue' },
      { label: 'clock', score: 0.6, rect: { x: 600, y: 120, w: 600, h: expect.closeTo(360, 6) }, colour: 'red' },
    ])
    expect(feature).toBe(answer.feature)
  })

  it('is the same from RGBA', () => {
    const answer = answerOf(['car', 0.9, 0.1, 0, 0.5, 0.5], ['person', 0.8, 0.2, 0.6, 0.8, 0.9])
    expect(lookOf(answer, halves(4), VIEW)).toEqual(lookOf(answer, halves(3), VIEW))
  })

  it('leaves guesses and doubles out', () => {
    const answer = answerOf(
      ['car', 0.9, 0.1, 0, 0.5, 0.5],
      ['car', 0.7, 0.1, 0.01, 0.5, 0.5],
      ['car', LEAST_SEEN - 0.01, 0.6, 0.6, 0.9, 0.9],
    )
    expect(lookOf(answer, halves(3), VIEW).seen.map(({ score }) => score)).toEqual([0.9])
    expect(lookOf(answerOf(), halves(3), VIEW).seen).toEqual([])
  })

  it('knows the labels it is tested with', () => {
    for (const label of Object.keys(COCO_ID)) expect(COCO_LABELS).toContain(label)
  })
})

describe('seenOn', () => {
  const look = { seen: [{ label: 'car', score: 0.4, rect: { x: 0, y: 0, w: 9, h: 9 }, colour: null }], feature: new Float32Array(1) }
  const facts: FrameFacts = { frameIndex: frameIndexSchema.parse(3), timeSec: 1, shot: 0, sightings: [] }

  it('is what a captioner saw where one has looked closer, even when that was nothing', () => {
    expect(seenOn(look, null)).toBe(look.seen)
    expect(seenOn(look, facts)).toEqual([])
  })
})
