import { beforeAll, describe, expect, it } from 'vitest'
import { iou } from '@/core/geometry'
import { DETECTOR_SIDE } from '@/core/models/detector-io'
import { detectorInput } from './detector-input'
import { type EmbeddedDetector, embeddedDetector } from './embedded-detector'
import type { FramePicture } from './roles'
import { CLOCK, LIGHT, pictureOf, SCENE, sceneForTests } from './scene-for-tests'
import { weightsForTests } from './weights-for-tests'

const weights = await weightsForTests()
const THRESHOLDS = { box: 0.3, text: 0.25 }

describe.skipIf(weights === null)('the embedded detector', () => {
  let detector: EmbeddedDetector
  let scene: FramePicture
  beforeAll(async () => {
    detector = await embeddedDetector(weights ?? '')
    scene = await sceneForTests()
  })

  it('finds what is drawn, where it is drawn', async () => {
    const found = await detector.detectAll(scene)
    const clock = found.find(({ label }) => label === 'clock')
    const light = found.find(({ label }) => label === 'traffic light')
    expect(clock?.score).toBeGreaterThan(0.5)
    expect(light?.score).toBeGreaterThan(0.3)
    expect(iou(clock?.rect ?? LIGHT, CLOCK)).toBeGreaterThan(0.7)
    expect(iou(light?.rect ?? CLOCK, LIGHT)).toBeGreaterThan(0.7)
  })

  it('answers each phrase by itself, and says which it cannot look for', async () => {
    const phrases = ['the round clocks on the wall', 'a lighthouse', 'stoplight', 'dogs', '', 'clock']
    const [clocks, lighthouse, stoplight, dogs, nothing, clock] = await detector.detect(scene, phrases, THRESHOLDS)
    expect(clocks?.boxes[0]).toMatchObject({ label: 'clock' })
    expect(clocks?.reason).toBeNull()
    expect(clock).toEqual(clocks)
    expect(lighthouse).toEqual({
      boxes: [],
      reason: 'not detectable: “a lighthouse” is none of the 80 things that the embedded detector knows',
    })
    expect(stoplight?.boxes[0]?.label).toBe('traffic light')
    expect(dogs).toEqual({ boxes: [], reason: null })
    expect(nothing?.reason).toMatch(/^not detectable/)
  })

  it('keeps to the threshold, and shortens a long phrase in its answer', async () => {
    const [strict] = await detector.detect(scene, ['clock'], { ...THRESHOLDS, box: 1 })
    expect(strict).toEqual({ boxes: [], reason: null })
    const [long] = await detector.detect(scene, ['q'.repeat(5000)], THRESHOLDS)
    expect(long?.reason?.length).toBeLessThan(200)
    expect(await detector.detect(scene, [], THRESHOLDS)).toEqual([])
  })

  it('keeps of a look what it saw, in pixels of the picture and with colours, and how it looks', async () => {
    const { seen } = await detector.lookAt(scene)
    expect(seen.map(({ colour: _, ...one }) => one)).toEqual(await detector.detectAll(scene))
    expect(seen.every(({ colour }) => colour === null || colour.length > 2)).toBe(true)
  })

  it('gives the same answer twice', async () => {
    expect(await detector.detectAll(await sceneForTests())).toEqual(await detector.detectAll(scene))
  })

  it('sees nothing in plain grey, whatever its shape', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 1000],
      [2000, 2],
      [300, 300],
      [299, 301],
    ] as const) {
      const grey = pictureOf(width, height, Buffer.alloc(width * height * 3, 128))
      expect(await detector.detectAll(grey)).toEqual([])
    }
  })

  it('tells pictures apart by a feature of 1280 numbers', async () => {
    const grey = pictureOf(64, 64, Buffer.alloc(64 * 64 * 3, 128))
    const [a, b] = [(await detector.lookAt(scene)).feature, (await detector.lookAt(grey)).feature]
    const dot = (left: Float32Array, right: Float32Array) => Array.from(left).reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0)
    expect([a.length, b.length]).toEqual([1280, 1280])
    expect(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))).toBeLessThan(0.95)
  })

  it('refuses a picture that has other pixels than it says', async () => {
    for (const bytes of [0, 10, SCENE.width * SCENE.height * 3 + 3]) {
      await expect(detector.detectAll(pictureOf(SCENE.width, SCENE.height, Buffer.alloc(bytes)))).rejects.toMatchObject({
        code: 'invalid_input',
      })
    }
  })

  it('says who it is', () => {
    expect(detector.identity).toMatchObject({ kind: 'model', provider: 'embedded', model: 'ssd-coco' })
  })
})

describe('detectorInput', () => {
  const picture = { width: 4, height: 2, rgb: Buffer.from([...Array(12).fill(0), ...Array(12).fill(255)]) }

  it('is three planes from −1 to 1', async () => {
    const planes = await detectorInput(picture)
    expect(planes).toHaveLength(3 * DETECTOR_SIDE ** 2)
    expect(planes[0]).toBe(-1)
    expect(planes[DETECTOR_SIDE ** 2 - 1]).toBe(1)
  })

  it('fills with grey what lies beyond the picture', async () => {
    const planes = await detectorInput(picture, { x: -4, y: 0, w: 8, h: 2 })
    expect(Math.abs(planes[0] ?? 1)).toBeLessThan(0.01)
    expect(planes[DETECTOR_SIDE - 1]).toBe(-1)
  })

  it('refuses a part without a pixel of the picture', async () => {
    for (const part of [
      { x: 4, y: 0, w: 2, h: 2 },
      { x: 0, y: -3, w: 4, h: 3 },
      { x: 0, y: 0, w: 0, h: 1 },
    ]) {
      await expect(detectorInput(picture, part)).rejects.toMatchObject({ code: 'invalid_input' })
    }
  })
})
