import { beforeAll, describe, expect, it } from 'vitest'
import { embeddedVerifier } from './embedded-verifier'
import type { FramePicture, Verifier } from './roles'
import { CLOCK, LIGHT, SCENE, sceneForTests } from './scene-for-tests'
import { weightsForTests } from './weights-for-tests'

const weights = await weightsForTests()
const NOWHERE = { x: 560, y: 500, w: 150, h: 150 }

describe.skipIf(weights === null)('the second look of the embedded detector', () => {
  let verifier: Verifier
  let scene: FramePicture
  beforeAll(async () => {
    verifier = await embeddedVerifier(weights ?? '')
    scene = await sceneForTests()
  })

  it('finds a thing again that is there', async () => {
    const boxes = [
      { rect: CLOCK, phrase: 'the clock' },
      { rect: LIGHT, phrase: 'traffic light' },
    ]
    const checks = await verifier.verify(scene, boxes, ['the clock', 'traffic light'])
    for (const check of checks) {
      expect(check.agreement).toBeGreaterThan(0.4)
      expect(check.rank).toBe(1)
      expect(check.note).toMatch(/^second look of the same detector: found again with 0\.\d\d|1\.00/)
    }
  })

  it('does not find what is not there', async () => {
    const [check] = await verifier.verify(scene, [{ rect: NOWHERE, phrase: 'clock' }], ['clock'])
    expect(check?.agreement).toBeLessThan(0.1)
    expect(check?.note).toContain('second look of the same detector')
  })

  it('says when another phrase of the sample fits better', async () => {
    const [check] = await verifier.verify(scene, [{ rect: CLOCK, phrase: 'traffic light' }], ['traffic light', 'clock', 'a lighthouse'])
    expect(check?.agreement).toBeLessThan(0.1)
    expect(check?.rank).toBe(2)
  })

  it('does not judge what it cannot know', async () => {
    const boxes = [
      { rect: CLOCK, phrase: 'lighthouse' },
      { rect: { x: SCENE.width + 5, y: 0, w: 50, h: 50 }, phrase: 'clock' },
      { rect: { x: 10, y: 10, w: 0, h: 50 }, phrase: 'clock' },
    ]
    const checks = await verifier.verify(scene, boxes, ['lighthouse', 'clock'])
    for (const check of checks) expect(check).toMatchObject({ agreement: null, rank: null, note: expect.stringContaining('not possible') })
    expect(await verifier.verify(scene, [], ['clock'])).toEqual([])
  })

  it('looks at boxes at the edge and larger than the picture', async () => {
    const rects = [
      { x: -50, y: -50, w: 300, h: 300 },
      { x: 0, y: 0, w: SCENE.width, h: SCENE.height },
      { x: -1000, y: -1000, w: 5000, h: 5000 },
      { x: SCENE.width - 2, y: SCENE.height - 2, w: 2, h: 2 },
    ]
    for (const check of await verifier.verify(
      scene,
      rects.map((rect) => ({ rect, phrase: 'clock' })),
      ['clock'],
    )) {
      expect(check.agreement).toBeGreaterThanOrEqual(0)
      expect(check.agreement).toBeLessThanOrEqual(1)
    }
  })

  it('says who it is', () => {
    expect(verifier.identity).toMatchObject({ kind: 'model', provider: 'embedded', model: 'second-look' })
  })
})
