import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { TASKS } from '../../tasks'
import { isPromptId, PROMPTS } from './prompt-table'
import { wireSchemaOf } from './wire-schema'

const IDS = Object.keys(PROMPTS).filter(isPromptId)
const answers = (id: keyof typeof PROMPTS, value: unknown) => PROMPTS[id].answerSchema.safeParse(value).success

/** Every object schema inside a JSON Schema. */
function objectsIn(node: unknown): Record<string, unknown>[] {
  if (Array.isArray(node)) return node.flatMap(objectsIn)
  const parsed = z.record(z.string(), z.unknown()).safeParse(node)
  if (!parsed.success) return []
  const inner = Object.values(parsed.data).flatMap(objectsIn)
  return parsed.data.type === 'object' ? [parsed.data, ...inner] : inner
}

describe('what goes to a provider', () => {
  test.each(IDS)('%s: closed objects with every property required, and no limits that a strict mode refuses', (id) => {
    const wire = wireSchemaOf(PROMPTS[id].answerSchema)
    const objects = objectsIn(wire)
    expect(objects.length).toBeGreaterThan(0)
    for (const object of objects) {
      expect(object.additionalProperties).toBe(false)
      expect(object.required).toEqual(Object.keys(z.record(z.string(), z.unknown()).parse(object.properties)))
    }
    expect(JSON.stringify(wire)).not.toMatch(/"(minLength|maxLength|minimum|maximum|minItems|maxItems|pattern|format|\$schema|\$ref)"/)
  })

  test('a property that happens to be called like a limit stays', () => {
    const wire = wireSchemaOf(z.strictObject({ format: z.string().max(3), minimum: z.number().min(1) }))
    expect(wire.required).toEqual(['format', 'minimum'])
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(wire.properties))).toEqual(['format', 'minimum'])
  })
})

describe('answers', () => {
  test('of the right shape are taken', () => {
    expect(answers('caption', { captions: [{ picture: 1, caption: 'A dog.' }] })).toBe(true)
    expect(answers('write-qa', { pairs: [] })).toBe(true)
    expect(answers('judge', { verdict: 'reject', criterion: 'subjective', reason: 'An opinion.' })).toBe(true)
    expect(answers('pick-core-frames', { frames: [{ frame: null, caption: 'A dog.' }] })).toBe(true)
    expect(answers('write-evidence', { steps: [{ sentence: '[[0]] runs.', frames: [0, 2] }] })).toBe(true)
    expect(answers('find-boxes', { boxes: [{ phrase: 0, left: 0, top: 1.5, right: 1000, bottom: 999, score: 1 }] })).toBe(true)
    for (const task of TASKS) expect(answers('classify-task', { task: task.id, reason: '' })).toBe(true)
  })

  test.each<[keyof typeof PROMPTS, unknown]>([
    ['caption', { captions: [{ picture: 0, caption: '' }] }],
    ['caption', { captions: [{ picture: 1.5, caption: '' }] }],
    ['caption', { captions: [{ picture: 1, caption: 'x'.repeat(20_001) }] }],
    ['caption', []],
    ['write-qa', { pairs: [{ question: 'Why?' }] }],
    ['write-qa', { pairs: [], note: 'extra' }],
    ['judge', { verdict: 'maybe', criterion: null, reason: '' }],
    ['judge', { verdict: 'reject', criterion: 'boring', reason: '' }],
    ['pick-core-frames', { frames: [{ frame: -1, caption: '' }] }],
    ['name-objects', { objects: ['dog'] }],
    ['write-evidence', { steps: [{ sentence: 'x', frames: ['0'] }] }],
    ['classify-task', { task: 'Causal Inference', reason: '' }],
    ['write-distractors', { distractors: 'one' }],
    ['find-boxes', { boxes: [{ phrase: 0, left: 0, top: 0, right: 1e6, bottom: 0, score: 1 }] }],
    ['find-boxes', { boxes: [{ phrase: 0, left: 0, top: 0, right: 1, bottom: 1, score: 7 }] }],
    ['find-boxes', null],
  ])('%s refuses %j', (id, value) => {
    expect(answers(id, value)).toBe(false)
  })
})
