/** A smallest valid input made from a schema, so that a test can call every action without knowing it. */
import { z } from 'zod'

type Json = { [key: string]: unknown }

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `known` gives values by property name, such as the id of a real project. */
export function inputFor(schema: z.ZodType, known: Readonly<Record<string, unknown>>): unknown {
  return example(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json, known, '')
}

function example(schema: unknown, known: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in known) return known[name]
  if (!isJson(schema)) return null
  if ('const' in schema) return schema.const
  if ('default' in schema) return schema.default
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const choices = schema.anyOf ?? schema.oneOf
  if (Array.isArray(choices)) return example(choices[0], known, name)
  if (schema.type === 'object') return exampleObject(schema, known)
  if (schema.type === 'array') {
    return Array.from({ length: Number(schema.minItems ?? 0) }, () => example(schema.items, known, ''))
  }
  if (schema.type === 'string') return exampleString(schema)
  if (schema.type === 'number' || schema.type === 'integer') return exampleNumber(schema)
  if (schema.type === 'boolean') return false
  return null
}

function exampleNumber({ minimum, exclusiveMinimum }: Json): number {
  return exclusiveMinimum === undefined ? Number(minimum ?? 0) : Number(exclusiveMinimum) + 1
}

function exampleObject(schema: Json, known: Readonly<Record<string, unknown>>): unknown {
  const properties = isJson(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  return Object.fromEntries(required.map((key) => [key, example(properties[key], known, key)]))
}

function exampleString(schema: Json): string {
  if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000'
  if (schema.format === 'email') return 'nobody@example.org'
  if (typeof schema.pattern === 'string' && schema.pattern.includes('[0-9a-f]{64}')) return '0'.repeat(64)
  return 'x'.repeat(Math.max(1, Number(schema.minLength ?? 1)))
}
