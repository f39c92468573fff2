/** The JSON Schema that goes to a provider. */
import { z } from 'zod'

/**
 * Limits that not every provider's structured output accepts (OpenAI's strict mode refuses lengths of strings, grammars of local
 * servers grow with `maxItems`). The answer is held against the full schema when it arrives, so leaving them out loses nothing.
 */
const LIMITS = [
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'format',
  'pattern',
] as const

/** Types, property names, `required`, `enum` and `anyOf` of a schema as JSON Schema (draft 7), without limits. Pure. */
export function wireSchemaOf(schema: z.ZodType) {
  const { $schema: _, ...wire } = z.toJSONSchema(schema, {
    target: 'draft-7',
    override: (context) => {
      for (const limit of LIMITS) delete context.jsonSchema[limit]
    },
  })
  return wire
}
