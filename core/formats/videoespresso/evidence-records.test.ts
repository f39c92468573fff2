import { describe, expect, it } from 'vitest'
import { readEvidence } from './evidence-records'

const context = { stems: ['480', '528', '600'], size: { width: 1000, height: 500 }, convention: 'xyxypx' as const }
const mention = (name: string, list: string) => `<obj_start>${name}<obj_end><box_start>${list}<box_end>`
const framesOf = (text: string, stems = context.stems) =>
  readEvidence(text, { ...context, stems }).boxes.map((box) => [
    box.frameId,
    readEvidence(text, { ...context, stems }).provenance[box.id]?.parameters.frameRule ?? 'certain',
  ])

describe('the frame a box lies on', () => {
  it.each<[string, string, [string, string][]]>([
    [
      'one list a frame',
      `The ${mention('man', '[[0,0,10,10],[],[5,5,20,20]]')}.`,
      [
        ['f1', 'list-per-frame'],
        ['f3', 'list-per-frame'],
      ],
    ],
    ['a named frame', `In the third image the ${mention('man', '[0,0,10,10]')} runs.`, [['f3', 'named-in-sentence']]],
    [
      'the nearer of two',
      `Frame 1 has a ${mention('man', '[0,0,10,10]')}, frame 2 a ${mention('dog', '[0,0,9,9]')}.`,
      [
        ['f1', 'named-in-sentence'],
        ['f2', 'named-in-sentence'],
      ],
    ],
    ['a file stem', `In frame 528 the ${mention('man', '[0,0,10,10]')} runs.`, [['f2', 'named-in-sentence']]],
    ['the one cited before', `In the second frame it rains. The ${mention('man', '[0,0,10,10]')} runs.`, [['f2', 'last-cited']]],
    [
      'the first, for lack of better',
      `The ${mention('man', '[[0,0,10,10],[9,9,20,20]]')} runs.`,
      [
        ['f1', 'first-frame'],
        ['f1', 'first-frame'],
      ],
    ],
  ])('is %s', (_name, text, frames) => {
    expect(framesOf(text)).toEqual(frames)
  })

  it('is no question with one frame, and unknown with none', () => {
    expect(framesOf(`The ${mention('man', '[0,0,10,10]')} runs.`, ['480'])).toEqual([['f1', 'certain']])
    const none = readEvidence(`The ${mention('man', '[0,0,10,10]')} runs.`, { ...context, stems: [] })
    expect(none.boxes).toEqual([])
    expect(none.problems).toMatchObject([{ code: 'S1', recordId: 'o1' }])
  })
})

describe('boxes', () => {
  it('outside the picture are cut or left out, and named', () => {
    const { boxes, problems, steps } = readEvidence(
      `A ${mention('man', '[-50,400,100,600]')} and a ${mention('dog', '[2000,0,2100,10]')}.`,
      context,
    )
    expect(boxes).toMatchObject([{ rect: { x: 0, y: 400, w: 100, h: 100 } }])
    expect(problems).toMatchObject([
      { code: 'B3', recordId: 'b1' },
      { code: 'S1', recordId: 'o2' },
    ])
    expect(steps[0]?.tokens).toMatchObject([{}, { boxIds: ['b1'], emptyBox: false }, {}, { boxIds: [], emptyBox: true }, {}])
  })

  it('of one name belong to one object, in the order of first mention', () => {
    const { objects, steps } = readEvidence(
      `A ${mention('man', '[]')} and a ${mention('dog', '[]')}. The ${mention('man ', '[0,0,5,5]')} runs.`,
      context,
    )
    expect(objects).toMatchObject([
      { id: 'o1', order: 1, phrase: 'man' },
      { id: 'o2', phrase: 'dog' },
    ])
    expect(steps.map((step) => step.id)).toEqual(['s1', 's2'])
    expect(steps[1]).toMatchObject({ order: 2, frameIds: ['f1'], tokens: [{}, { objectId: 'o1', text: 'man ' }, {}] })
  })
})
