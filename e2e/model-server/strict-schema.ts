/** What strict structured output asks of a JSON Schema (OpenAI's guide on structured outputs; Anthropic's is close to it). */
import { z } from 'zod'
import { BadRequest } from './wire'

const KNOWN = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'anyOf',
  'const',
  'description',
  'title',
  '$schema',
])
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'])
const nodeSchema = z.record(z.string(), z.unknown())

/** Throws `BadRequest` for an unknown keyword, an open object, or a property that is not required. */
export function checkStrictSchema(node: unknown, path = 'schema'): void {
  const parsed = nodeSchema.safeParse(node)
  if (!parsed.success) throw new BadRequest(`${path} is not an object`)
  const schema = parsed.data
  const unknown = Object.keys(schema).find((key) => !KNOWN.has(key))
  if (unknown !== undefined) throw new BadRequest(`${path}: '${unknown}' is not permitted`)
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type]
  if (types.some((type) => !TYPES.has(type))) throw new BadRequest(`${path}: unknown type`)
  if (types.includes('object')) checkObject(schema, path)
  if (types.includes('array')) checkStrictSchema(schema.items, `${path}.items`)
  if (Array.isArray(schema.anyOf)) for (const [place, option] of schema.anyOf.entries()) checkStrictSchema(option, `${path}.anyOf.${place}`)
}

function checkObject(schema: Readonly<Record<string, unknown>>, path: string): void {
  const properties = nodeSchema.parse(schema.properties ?? {})
  const names = Object.keys(properties)
  if (schema.additionalProperties !== false) throw new BadRequest(`${path}: 'additionalProperties' is required to be false`)
  const required = z.array(z.string()).safeParse(schema.required).data ?? []
  const missing = names.find((name) => !required.includes(name))
  if (missing !== undefined) throw new BadRequest(`${path}: 'required' lacks '${missing}'`)
  for (const name of names) checkStrictSchema(properties[name], `${path}.${name}`)
}
