/** Test material: the stage outputs of one made-up draft, and an arbitrary of such parts that hold together. */
import fc from 'fast-check'
import { frameNo } from '../document.fixture'
import type { DraftParts } from './draft'
import type { EvidenceToken, QaPair } from './outputs'
import { evenTable } from './video.fixture'

export const examplePair: QaPair = {
  key: 'k1',
  group: 0,
  question: 'Why does the man stop?',
  answer: 'A dog crosses the street.',
  support: null,
}

/** Two core frames, two objects; the second box is refused by the verifier. 640 × 360, 20 fps. */
export const exampleParts: DraftParts = {
  pair: examplePair,
  table: evenTable(200, 20),
  captions: [20, 40, 60].map((frame) => ({ frameIndex: frameNo(frame), text: `Original caption of ${frame}.`, facts: null })),
  picked: {
    frames: [
      { claimedIndex: frameNo(60), caption: 'the dog is across' },
      { claimedIndex: null, caption: 'a man walks' },
    ],
  },
  objects: { objects: [{ phrase: 'the man' }, { phrase: 'a brown dog' }, { phrase: 'the kerb' }] },
  evidence: {
    steps: [
      {
        tokens: [
          { kind: 'text', text: 'At first ' },
          { kind: 'mention', text: 'the man', object: 0 },
          { kind: 'text', text: ' walks' },
          { kind: 'text', text: '.' },
        ],
        frames: [1],
      },
      {
        tokens: [
          { kind: 'mention', text: '', object: 1 },
          { kind: 'text', text: ' passes ' },
          { kind: 'mention', text: 'him', object: 0 },
          { kind: 'text', text: '' },
        ],
        frames: [1, 0],
      },
    ],
  },
  places: {
    frames: [
      { frameIndex: frameNo(60), score: 0.9, margin: 0.2, isLowMargin: false },
      { frameIndex: frameNo(20), score: 0.8, margin: 0.03, isLowMargin: true },
    ],
  },
  ground: {
    boxes: [
      { object: 0, frame: 0, rect: { x: 10.00049, y: 20, w: 30, h: 40 }, score: 0.7, label: 'man' },
      { object: 1, frame: 0, rect: { x: 200, y: 20, w: 30, h: 40 }, score: 0.5, label: 'dog' },
      { object: 0, frame: 1, rect: { x: 12, y: 22, w: 30, h: 40 }, score: 0.6, label: 'man' },
    ],
    undetectable: [{ object: 2, reason: 'not detectable: no class for “kerb”' }],
  },
  verify: {
    checks: [
      { agreement: 0.9, rank: 1, isAccepted: true, note: '' },
      { agreement: 0.1, rank: 2, isAccepted: false, note: 'looks like a cat' },
      { agreement: 0.8, rank: 2, isAccepted: true, note: 'second look' },
    ],
  },
  task: { task: 'causal_inference', reason: 'It asks why.' },
  options: { options: ['B', 'A dog crosses the street.', 'C', 'D'], correctIndex: 1, seed: 5, lengthGap: 24 },
}

const tokenArbitrary = (objects: number): fc.Arbitrary<EvidenceToken> =>
  objects === 0
    ? fc.record({ kind: fc.constant('text' as const), text: fc.string() })
    : fc.oneof(
        fc.record({ kind: fc.constant('text' as const), text: fc.string() }),
        fc.record({ kind: fc.constant('mention' as const), text: fc.string(), object: fc.nat(objects - 1) }),
      )

/** Any parts that the stages could put out: positions in range, as many checks as boxes, frames of the table. */
export const partsArbitrary: fc.Arbitrary<DraftParts> = fc
  .record({ picks: fc.integer({ min: 1, max: 4 }), objects: fc.integer({ min: 0, max: 4 }), boxes: fc.nat(8) })
  .chain(({ picks, objects, boxes }) => {
    const boxCount = objects === 0 ? 0 : boxes
    const many = <T>(item: fc.Arbitrary<T>, count: number) => fc.array(item, { minLength: count, maxLength: count })
    const unit = fc.double({ min: 0, max: 1, noNaN: true })
    return fc.record({
      pair: fc.constant(examplePair),
      table: fc.constant(exampleParts.table),
      captions: fc.constant(exampleParts.captions),
      picked: many(fc.record({ claimedIndex: fc.constant(null), caption: fc.string() }), picks).map((frames) => ({ frames })),
      objects: many(fc.string({ minLength: 1 }), objects).map((phrases) => ({ objects: phrases.map((phrase) => ({ phrase })) })),
      evidence: fc
        .array(
          fc.record({
            tokens: fc.array(tokenArbitrary(objects), { minLength: 1, maxLength: 5 }),
            frames: fc.array(fc.nat(picks - 1), { maxLength: 4 }),
          }),
          { minLength: 1, maxLength: 4 },
        )
        .map((steps) => ({ steps })),
      places: many(
        fc.record({
          // Few frames, so that two picks often meet.
          frameIndex: fc.constantFrom(20, 40, 60).map(frameNo),
          score: fc.option(unit),
          margin: fc.option(unit),
          isLowMargin: fc.boolean(),
        }),
        picks,
      ).map((frames) => ({ frames })),
      ground: many(
        fc.record({
          object: fc.nat(Math.max(0, objects - 1)),
          frame: fc.nat(picks - 1),
          rect: fc.record({
            x: unit.map((v) => v * 600),
            y: unit.map((v) => v * 300),
            w: unit.map((v) => v * 40),
            h: unit.map((v) => v * 40),
          }),
          score: unit,
          label: fc.constant('thing'),
        }),
        boxCount,
      ).map((found) => ({ boxes: found, undetectable: [] })),
      verify: many(
        fc.record({
          agreement: fc.option(unit),
          rank: fc.option(fc.integer({ min: 1, max: 3 })),
          isAccepted: fc.boolean(),
          note: fc.constant(''),
        }),
        boxCount,
      ).map((checks) => ({ checks })),
      task: fc.constant(exampleParts.task),
      options: fc.constant(exampleParts.options),
    })
  })
