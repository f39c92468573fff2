import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONGEST_QUESTION, phrasesToCompare, planQuestion, readsCaptions } from './question-plan'
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

describe('how a name was understood', () => {
  const similar = new Map([['doggo', { label: 'dog', cosine: 0.8612 }]])
  const lookedFor = (question: string) => planQuestion(question, both, similar).notes.at(-1)

  it.each([
    ['Where is the red car?', 'Looking for “red car”.'],
    ['Where is the sedan?', 'Looking for “sedan” as car.'],
    ['Where is the van?', 'Looking for “van” as car, truck, bus.'],
    ['Where is the appliance?', 'Looking for “appliance” as microwave, oven, toaster, refrigerator.'],
    ['Where is the vehicle?', 'Looking for “vehicle” as car, truck, bus, 5 more.'],
    ['Where is the flamingo?', 'Looking for “flamingo” as bird (WordNet).'],
    ['Where is the doggo?', 'Looking for “doggo” as dog (similar, 0.86).'],
    ['Is the doggo in the car?', 'Looking for “car”, “doggo” as dog (similar, 0.86).'],
  ])('%s', (question, words) => {
    expect(lookedFor(question)).toBe(words)
  })

  it('is told of what cannot be looked for as well', () => {
    const plan = planQuestion('Is the doggo near the bus stop or the lighthouse?', both)
    expect(plan.notes[0]).toBe('Not looked for, because the embedded detector does not know it: “doggo”, “lighthouse”, “bus stop”.')
    expect(() => planQuestion('Where is the bus stop?', { objects: 1 })).toThrow(
      expect.objectContaining({ code: 'invalid_input', details: { field: 'weights', unknown: ['bus stop'] } }),
    )
  })

  it('makes a question answerable that no table knows a thing of', () => {
    expect(() => planQuestion('Where is the doggo?', { objects: 1 })).toThrow('names nothing')
    expect(planQuestion('Where is the doggo?', { objects: 1 }, similar)).toMatchObject({ things: [{ labels: ['dog'], by: 'similar' }] })
  })
})

describe('phrasesToCompare', () => {
  it('are those that no table knows', () => {
    expect(phrasesToCompare('Does the doggo chase the cat, the prairie dog or a gizmo?', both)).toEqual(['doggo', 'gizmo'])
    expect(phrasesToCompare('Where is the flamingo?', both)).toEqual([])
  })

  it('are none of the everyday things that are known to be no label', () => {
    expect(phrasesToCompare('Is the red lighthouse behind the trees?', both)).toEqual([])
  })

  it('are none where objects have no say', () => {
    expect(phrasesToCompare('Where is the doggo?', { text: 1, objects: 0 })).toEqual([])
  })

  it('refuses what planning refuses', () => {
    expect(() => phrasesToCompare('?', both)).toThrow('empty')
    expect(() => phrasesToCompare('x'.repeat(LONGEST_QUESTION + 1), both)).toThrow('2000')
    expect(() => phrasesToCompare('Where is the doggo?', {})).toThrow('No signal')
    expect(() => phrasesToCompare('Where is the doggo?', { text: Number.NaN })).toThrow('weight of text')
  })

  it('are what planning names as not looked for, or known afterwards', () => {
    const word = fc.constantFrom('doggo', 'gizmo', 'cat', 'bus stop', 'lighthouse', 'red car', 'widget')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const question = words.map((each) => `Where is the ${each}?`).join(' ')
        const phrases = phrasesToCompare(question, both)
        const found = new Map(phrases.map((phrase) => [phrase, { label: 'dog', cosine: 0.9 }]))
        const [before, after] = [planQuestion(question, both), planQuestion(question, both, found)]
        for (const phrase of phrases) {
          expect(before.notes[0]).toContain(`“${phrase}”`)
          expect(after.notes.filter((note) => note.startsWith('Not looked for')).join()).not.toContain(`“${phrase}”`)
        }
        expect(after.things.length).toBe(before.things.length + (phrases.length > 0 ? 1 : 0))
      }),
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
