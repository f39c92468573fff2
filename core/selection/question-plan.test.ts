import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_QUESTION, planQuestion, readsCaptions } from './question-plan'
import { SIGNALS, type SignalWeights } from './signals/blend'

const both = { text: 1, objects: 2 }

describe('planQuestion', () => {
  it('says what is looked for, and what cannot be', () => {
    const plan = planQuestion('Where is the red car, and where the lighthouse?', both)
    expect(plan.things).toEqual([{ phrase: 'red car', labels: ['car'], colour: 'red', by: 'label', cosine: null }])
    expect(plan.weights).toEqual(both)
    expect(plan.notes).toEqual(['Not looked for, because the embedded detector does not know it: “lighthouse”.', 'Looking for “red car”.'])
  })

  it('leaves objects out where the question names none that is known, and says so', () => {
    const plan = planQuestion('Where is the lighthouse?', { ...both, vision: 0.5 })
    expect(plan).toMatchObject({ things: [], weights: { text: 1, vision: 0.5 } })
    expect(plan.weights).not.toHaveProperty('objects')
    expect(plan.notes.at(-1)).toContain('chosen without objects')
  })

  it('does not read things where objects have no say', () => {
    expect(planQuestion('Where is the car?', { text: 1, objects: 0 })).toEqual({
      question: 'Where is the car?',
      things: [],
      weights: { text: 1 },
      notes: [],
    })
  })

  it.each([
    ['no word', ' ?! ', both, 'invalid_input', 'empty'],
    ['nothing', '', both, 'invalid_input', 'empty'],
    ['too many characters', 'x'.repeat(LONGEST_QUESTION + 1), both, 'limit_exceeded', '2000'],
    ['objects alone that are not known', 'Where is the lighthouse?', { objects: 1 }, 'invalid_input', 'text signal'],
    ['no weight', 'Where is the car?', {}, 'invalid_input', 'No signal'],
    ['weights of 0', 'Where is the car?', { text: 0, objects: 0, vision: 0 }, 'invalid_input', 'No signal'],
    ['a negative weight', 'Where is the car?', { text: -1, objects: 1 }, 'invalid_input', 'weight of text'],
    ['a weight that is no number', 'Where is the car?', { text: 1, vision: Number.NaN }, 'invalid_input', 'weight of vision'],
  ] as const)('refuses %s', (_, question, weights: SignalWeights, code, words) => {
    expect(() => planQuestion(question, weights)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }))
  })

  it('names each thing once, in the order of the question, and each that is not known', () => {
    const plan = planQuestion('Does the dog chase the lighthouse, the dog, a red bus or the igloo?', both)
    expect(plan.things.map(({ phrase, colour }) => [phrase, colour])).toEqual([
      ['dog', null],
      ['red bus', 'red'],
    ])
    expect(plan.notes).toEqual([
      'Not looked for, because the embedded detector does not know it: “lighthouse”, “igloo”.',
      'Looking for “dog”, “red bus”.',
    ])
  })

  it('gives the same plan for the same question, and nothing that cannot be sent between threads', () => {
    for (const question of ['Where is the red car?', 'What happens?', 'How many people are there, and where is the ufo?']) {
      const plan = planQuestion(question, both)
      expect(planQuestion(question, { ...both, vision: 0 })).toEqual(plan)
      expect(structuredClone(plan)).toEqual(plan)
    }
  })

  it('takes the longest question and any writing', () => {
    expect(planQuestion('y'.repeat(LONGEST_QUESTION), both).weights).toEqual({ text: 1 })
    expect(planQuestion('車はどこ？', both).things).toEqual([])
  })

  it('keeps exactly the signals above 0, whatever the question', () => {
    const weight = fc.option(fc.double({ min: 0, max: 5, noNaN: true }), { nil: undefined })
    fc.assert(
      fc.property(
        weight,
        weight,
        fc.constantFrom('Where is the dog?', 'What happens?', 'How many lighthouses?'),
        (text, vision, question) => {
          const wanted: SignalWeights = { ...(text === undefined ? {} : { text }), ...(vision === undefined ? {} : { vision }) }
          const used = SIGNALS.filter((name) => (wanted[name] ?? 0) > 0)
          if (used.length === 0) expect(() => planQuestion(question, wanted)).toThrow('No signal')
          else expect(Object.keys(planQuestion(question, wanted).weights)).toEqual(used)
        },
      ),
    )
  })
})

describe('readsCaptions', () => {
  const objects = planQuestion('Where is the dog?', { objects: 1 })

  it('where text counts, and where a method compares captions', () => {
    expect(readsCaptions(planQuestion('Where is the dog?', both), ['topk'])).toBe(true)
    expect(readsCaptions(objects, ['topk', 'lifo'])).toBe(true)
    expect(readsCaptions(objects, ['topk', 'adaptive'])).toBe(false)
    expect(readsCaptions(objects, [])).toBe(false)
  })
})
