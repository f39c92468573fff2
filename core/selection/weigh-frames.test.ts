import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOTHING_SEEN } from '../pipeline/template/caption'
import { carOf, frameAtSecond, materialArbitrary, materialOf, QUESTION, rounded, typedVectors, VIEW } from './material.fixture'
import { planQuestion } from './question-plan'
import { angle, unit } from './selection.fixture'
import { SIGNALS } from './signals/blend'
import { type FrameMaterial, weighFrames } from './weigh-frames'

const plan = planQuestion(QUESTION, { text: 1, objects: 1, vision: 1 })
const only = (name: (typeof SIGNALS)[number]) => planQuestion(QUESTION, { [name]: 1 })

/** Captions at 0°, 60°, 90° to the question; a car on the middle frame; pictures 90°, 60°, 0° away. */
const scene = {
  query: angle(0),
  frames: [90, 60, 0].map(angle),
  captions: [0, 60, 90].map(angle),
  timeSec: [0, 1, 2],
}
const material = materialOf(scene, [0, 0.8, 0])

describe('weighFrames', () => {
  it('gives each signal as shares of 0 to 1, by hand', () => {
    const { signals, curve } = weighFrames(plan, material)
    expect(signals).toEqual([
      { name: 'text', shares: [1, expect.closeTo(0.5, 9), 0], weight: expect.closeTo(1 / 3, 12) },
      { name: 'objects', shares: [0, 1, 0], weight: expect.closeTo(1 / 3, 12) },
      { name: 'vision', shares: [0, expect.closeTo(0.5, 9), 1], weight: expect.closeTo(1 / 3, 12) },
    ])
    expect(curve).toEqual([expect.closeTo(1 / 3, 9), expect.closeTo(2 / 3, 9), expect.closeTo(1 / 3, 9)])
  })

  it('tells which of the asked things were seen on each frame, by what looked closest', () => {
    const phrases = (isShown: boolean) => [{ phrase: 'car', isShown }]
    expect(weighFrames(plan, material).asked).toEqual([false, true, false].map(phrases))
    expect(weighFrames(only('text'), material).asked).toEqual([[], [], []])
    const sighting = { ...carOf(0.9)[0], track: null, place: '', motion: null }
    const facts = (at: number) => ({ frameIndex: frameAtSecond(at).index, timeSec: at, shot: 0, sightings: at === 2 ? [sighting] : [] })
    const captions = [0, 1, 2].map((at) => ({ text: `sentence ${at}.`, facts: facts(at) }))
    expect(weighFrames(plan, { ...material, captions } as FrameMaterial).asked).toEqual([false, false, true].map(phrases))
  })

  it('asks only the signals that count', () => {
    const { signals, curve } = weighFrames(only('objects'), { ...material, captions: null, vision: null, vectors: new Map() })
    expect(signals.map(({ name }) => name)).toEqual(['objects'])
    expect(curve).toEqual([0, 1, 0])
  })

  it('believes what a captioner saw closer before the one look', () => {
    const sighting = { ...carOf(0.9)[0], track: null, place: '', motion: null }
    const facts = (at: number) => ({ frameIndex: frameAtSecond(at).index, timeSec: at, shot: 0, sightings: at === 2 ? [sighting] : [] })
    const captions = [0, 1, 2].map((at) => ({ text: `sentence ${at}.`, facts: facts(at) }))
    const { curve } = weighFrames(only('objects'), { ...material, captions } as FrameMaterial)
    expect(curve).toEqual([0, 0, 1])
  })

  it('takes the best sentence of a caption, and none of one that saw nothing', () => {
    const vectors = new Map([
      [QUESTION, angle(0)],
      ['A car.', angle(10)],
      ['A tree.', angle(80)],
    ])
    const captions = [NOTHING_SEEN, 'A tree. A car.', 'A tree.'].map((text) => ({ text, facts: null }))
    const { curve } = weighFrames(only('text'), { ...material, captions, vectors })
    expect(curve).toEqual([0, 1, 0])
  })

  it('hands whole captions on only where all of them were embedded', () => {
    expect(weighFrames(plan, material).captions).toEqual(scene.captions)
    const captions = [{ text: 'sentence 0. sentence 1.', facts: null }, ...(material.captions ?? []).slice(1)]
    expect(weighFrames(plan, { ...material, captions }).captions).toBeNull()
    expect(weighFrames(only('objects'), { ...material, captions: null }).captions).toBeNull()
  })

  it.each<[string, Partial<FrameMaterial>, string]>([
    ['no captions for text', { captions: null }, 'no captions'],
    ['a sentence that was not embedded', { vectors: new Map([[QUESTION, angle(0)]]) }, 'was not embedded'],
    ['a question that was not embedded', { vectors: new Map() }, 'was not embedded'],
    ['no dual encoder for vision', { vision: null }, 'dual encoder'],
    ['too few looks', { looks: material.looks.slice(1) }, 'looks has 2 rows'],
    ['too few vectors', { alike: material.alike.slice(1) }, 'alike has 2 rows'],
    ['too few captions', { captions: (material.captions ?? []).slice(1) }, 'captions has 2 rows'],
    ['too few cosines', { vision: [0.1] }, 'vision has 1 scores, not 3'],
    ['a cosine that is no number', { vision: [0.1, Number.NaN, 0.2] }, 'frame 1 by vision'],
    ['a vector that is no number', { vectors: new Map([...material.vectors, [QUESTION, [Number.NaN, 1]]]) }, 'by text'],
  ])('refuses %s', (_, wrong, words) => {
    expect(() => weighFrames(plan, { ...material, ...wrong })).toThrow(
      expect.objectContaining({ code: 'invalid_input', message: expect.stringContaining(words) }),
    )
  })

  it('says which signal tells no frame from another', () => {
    const same = { ...material, vision: [0.3, 0.3, 0.3] }
    expect(weighFrames(plan, material).notes).toEqual([])
    expect(weighFrames(plan, same).notes).toEqual([expect.stringContaining('vision tells no frame')])
    expect(weighFrames(only('objects'), materialOf(scene, [0, 0, 0])).notes).toEqual([expect.stringContaining('objects tell no frame')])
    expect(weighFrames(only('text'), same).notes).toEqual([])
  })

  it('takes one frame', () => {
    const one = materialOf({ query: unit([1, 1]), frames: [angle(0)], captions: [angle(9)], timeSec: [5] }, [0.4])
    expect(weighFrames(plan, one)).toMatchObject({ curve: [0], frames: [{ timeSec: 5 }] })
  })
})

describe('properties', () => {
  it('relevance lies between 0 and 1, one a frame', () => {
    fc.assert(
      fc.property(materialArbitrary(), (some) => {
        const { curve, frames } = weighFrames(plan, some)
        expect(curve).toHaveLength(frames.length)
        expect(curve.every((value) => value >= 0 && value <= 1)).toBe(true)
      }),
    )
  })

  it('is the same for plain numbers and typed arrays', () => {
    fc.assert(
      fc.property(materialArbitrary(), (some) => {
        const plain = rounded(some)
        expect(weighFrames(plan, typedVectors(plain)).curve).toEqual(weighFrames(plan, plain).curve)
      }),
    )
  })

  it('does not hang on the order in which signals are named', () => {
    fc.assert(
      fc.property(materialArbitrary(), fc.shuffledSubarray([...SIGNALS], { minLength: 1 }), (some, names) => {
        const weights = (list: readonly string[]) => Object.fromEntries(list.map((name) => [name, 1]))
        const [one, other] = [names, [...names].reverse()].map((list) => weighFrames(planQuestion(QUESTION, weights(list)), some))
        expect(one).toEqual(other)
      }),
    )
  })

  it('of a frame does not hang on where it stands among the others', () => {
    fc.assert(
      fc.property(materialArbitrary(), (some) => {
        const turned: FrameMaterial = {
          ...some,
          frames: [...some.frames].reverse(),
          looks: [...some.looks].reverse(),
          alike: [...some.alike].reverse(),
          captions: [...(some.captions ?? [])].reverse(),
          vision: [...(some.vision ?? [])].reverse(),
        }
        expect([...weighFrames(plan, turned).curve].reverse()).toEqual(weighFrames(plan, some).curve)
      }),
    )
  })

  it('does not change what it is given', () => {
    expect(VIEW).toEqual(material.view)
    const before = JSON.stringify([...material.vectors, material.looks, material.alike])
    weighFrames(plan, material)
    expect(JSON.stringify([...material.vectors, material.looks, material.alike])).toBe(before)
  })
})
