/** Test material: what is known of candidate frames, from a scene of vectors. */
import fc from 'fast-check'
import { frameIndexSchema } from '../ids'
import type { SampledFrame } from '../pipeline/outputs'
import { type Scene, sceneArbitrary } from './selection.fixture'
import { dot, type Vector } from './similarity'
import type { FrameMaterial } from './weigh-frames'

export const QUESTION = 'Where is the car?'
export const VIEW = { width: 100, height: 100 }

export const frameAtSecond = (at: number, timeSec: number = at): SampledFrame => {
  return { index: frameIndexSchema.parse(at * 10), pts: at * 100, timeSec }
}

/** A car of that score on a tenth of the picture; nothing for 0. */
export const carOf = (score: number) => (score <= 0 ? [] : [{ label: 'car', score, rect: { x: 10, y: 10, w: 40, h: 25 }, colour: null }])

/** A frame for each vector of the scene. Captions are `sentence 0.`, `sentence 1.` …, their vectors those of the scene. */
export function materialOf(scene: Scene, cars: readonly number[]): FrameMaterial {
  const captions = scene.captions.map((_, at) => ({ text: `sentence ${at}.`, facts: null }))
  return {
    frames: scene.timeSec.map((time, at) => frameAtSecond(at, time)),
    view: VIEW,
    looks: scene.frames.map((_, at) => ({ seen: carOf(cars[at] ?? 0), feature: Float32Array.of(1) })),
    alike: scene.frames,
    captions,
    vectors: new Map<string, Vector>([
      [QUESTION, scene.query],
      ...captions.map(({ text }, at): [string, Vector] => [text, scene.captions[at] ?? []]),
    ]),
    vision: scene.frames.map((frame) => dot(frame, scene.query)),
  }
}

/** Up to `maxFrames` frames with cars of any score. */
export const materialArbitrary = (maxFrames = 16): fc.Arbitrary<FrameMaterial> =>
  fc
    .tuple(sceneArbitrary(maxFrames), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: maxFrames, maxLength: maxFrames }))
    .map(([scene, cars]) => materialOf(scene, cars))

/** The same vectors as typed arrays. */
export const typedVectors = (material: FrameMaterial): FrameMaterial => ({
  ...material,
  alike: material.alike.map((vector) => Float32Array.from(vector)),
  vectors: new Map([...material.vectors].map(([text, vector]) => [text, Float32Array.from(vector)])),
})

/** Rounds every vector to 32 bits, so that plain and typed numbers are the same. */
export const rounded = (material: FrameMaterial): FrameMaterial => ({
  ...material,
  alike: material.alike.map((vector) => Array.from(vector, Math.fround)),
  vectors: new Map([...material.vectors].map(([text, vector]) => [text, Array.from(vector, Math.fround)])),
})
