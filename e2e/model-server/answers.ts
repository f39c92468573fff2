/**
 * Answers that fit the schema of a request and follow from its data, the same for the same request, so that a whole run of the
 * pipeline comes out sensible and repeatable. What is asked for is told by the properties of the schema, as a model would.
 */
import { z } from 'zod'
import { numberOf, sceneAt, thingsIn } from './scene-words'
import type { GenerateCall } from './wire'

const captionsData = z.array(z.looseObject({ frame: z.number().optional(), caption: z.string() }))
const pairData = z.object({ question: z.string(), answer: z.string() })
const schemaNode = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
})

/** The fenced blocks of a prompt by name, parsed. */
function dataOf(user: string): ReadonlyMap<string, unknown> {
  return new Map(
    [...user.matchAll(/<data name="(\w+)" token="\w+">\n(.*)\n<\/data/g)].map((match) => [match[1] ?? '', JSON.parse(match[2] ?? 'null')]),
  )
}

const numberAfter = (user: string, pattern: RegExp, fallback: number) => Number(pattern.exec(user)?.[1] ?? fallback)

/** The object that a model would answer with. */
export function answerTo(call: GenerateCall): unknown {
  const properties = schemaNode.safeParse(call.schema ?? schemaInText(call.system)).data?.properties ?? {}
  const data = dataOf(call.user)
  const [first = ''] = Object.keys(properties)
  return ANSWERS[first]?.(call, data, properties) ?? smallestOf(call.schema)
}

/** In JSON mode the schema stands in the system prompt. */
function schemaInText(system: string): unknown {
  const start = system.lastIndexOf('of this schema: ')
  return start === -1 ? null : JSON.parse(system.slice(start + 'of this schema: '.length))
}

type Answer = (call: GenerateCall, data: ReadonlyMap<string, unknown>, properties: Readonly<Record<string, unknown>>) => unknown

const ANSWERS: Readonly<Record<string, Answer>> = {
  captions(_call, data) {
    const pictures = z.array(z.object({ picture: z.number(), timeSec: z.number() })).parse(data.get('pictures'))
    return { captions: pictures.map(({ picture, timeSec }) => ({ picture, caption: sceneAt(timeSec) })) }
  },

  pairs(call, data) {
    const captions = captionsData.parse(data.get('captions'))
    const count = numberAfter(call.user, /Write up to (\d+) questions/, 1)
    const pairs = captions.slice(1, count + 1).map((later, place) => {
      const earlier = captions[place] ?? later
      return {
        question: `What happens after this in the video: ${lower(earlier.caption)}?`,
        answer: `Afterwards ${lower(later.caption)}`,
      }
    })
    return { pairs }
  },

  verdict(_call, data) {
    const { question } = pairData.parse(data.get('pair'))
    const isBad = numberOf(question) % 6 === 0
    return isBad
      ? { verdict: 'reject', criterion: 'trivial', reason: 'It can be answered without the video.' }
      : { verdict: 'keep', criterion: null, reason: 'It needs both moments, and both can be seen.' }
  },

  frames(call, data) {
    const captions = captionsData.parse(data.get('captions'))
    const { question, answer } = pairData.parse(data.get('pair'))
    const least = Math.min(captions.length, numberAfter(call.user, /Choose from (\d+) to/, 2))
    const named = captions.filter((entry) => `${question} ${answer}`.includes(lower(entry.caption)))
    const others = captions.filter((entry) => !named.includes(entry))
    const chosen = [...named, ...others]
      .slice(0, Math.max(least, Math.min(2, captions.length)))
      .sort((a, b) => (a.frame ?? 0) - (b.frame ?? 0))
    return { frames: chosen.map((entry) => ({ frame: entry.frame ?? null, caption: entry.caption })) }
  },

  objects(_call, data) {
    const frames = captionsData.parse(data.get('frames'))
    return { objects: thingsIn(frames.map((frame) => frame.caption)).map((phrase) => ({ phrase })) }
  },

  steps(_call, data) {
    const frames = captionsData.parse(data.get('frames'))
    const objects = z.array(z.object({ position: z.number(), phrase: z.string() })).parse(data.get('objects'))
    return {
      steps: frames.map((frame, position) => {
        const seen = objects.filter((object) => frame.caption.toLowerCase().includes(object.phrase))
        const marks = seen.map((object) => `[[${object.position}|the ${object.phrase}]]`)
        return {
          sentence: `Here ${marks.length > 0 ? marks.join(' and ') : 'nothing else'} can be seen: ${lower(frame.caption)}`,
          frames: [position],
        }
      }),
    }
  },

  task(_call, data, properties) {
    const { question } = pairData.parse(data.get('pair'))
    const choices = schemaNode.parse(properties.task).enum ?? []
    return { task: choices[numberOf(question) % choices.length], reason: 'It asks how one moment leads to the next.' }
  },

  distractors(call, data) {
    const { answer } = pairData.parse(data.get('pair'))
    const count = numberAfter(call.user, /Write (\d+) wrong answers/, 3)
    const start = numberOf(answer) % 12
    const scenes = Array.from({ length: 12 }, (_, place) => `Afterwards ${lower(sceneAt(2 * (start + place)))}`)
    return { distractors: scenes.filter((scene) => scene !== answer).slice(0, count) }
  },

  boxes(_call, data) {
    const phrases = z.array(z.object({ position: z.number(), phrase: z.string() })).parse(data.get('phrases'))
    return {
      boxes: phrases.map(({ position, phrase }) => {
        const chance = numberOf(phrase)
        const [left, top] = [50 + (chance % 400), 50 + ((chance >>> 8) % 400)]
        return { phrase: position, left, top, right: left + 300, bottom: top + 350, score: 0.6 + ((chance >>> 16) % 35) / 100 }
      }),
    }
  },
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

/** The smallest value of a schema: for requests that no answer above knows. */
export function smallestOf(schema: unknown): unknown {
  const node = schemaNode.safeParse(schema).data ?? {}
  if (node.enum) return node.enum[0]
  if (node.anyOf) return smallestOf(node.anyOf[0])
  const type = Array.isArray(node.type) ? node.type[0] : node.type
  if (type === 'object') return Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, inner]) => [name, smallestOf(inner)]))
  if (type === 'array') return []
  if (type === 'string') return 'text'
  if (type === 'boolean') return false
  return type === 'null' ? null : 0
}
