import type { z } from 'zod'
import { AppError } from '@/core/errors'

/** @throws AppError invalid_input with `details.issues` = [{path, message}] */
export function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  const first = issues[0]
  const where = first === undefined || first.path === '' ? '' : ` ${first.path}:`
  throw new AppError('invalid_input', `The input is not valid.${where} ${first?.message ?? ''}`.trim(), { issues })
}
