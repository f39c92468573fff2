/** Conditions of a sample filter as SQL, with the values as parameters. The alias of the table is `s`. */
import type { SampleFilter } from '@/core/sample-filter'
import { Prisma } from '@/server/generated/prisma/client'

type Facet = 'state' | 'task' | 'flag'

/** `without` leaves one facet out: its own counts must not be narrowed by its own choice. */
export function sampleWhere(projectId: string, filter: SampleFilter, without: Facet | null = null): Prisma.Sql {
  const parts = [Prisma.sql`s."projectId" = ${projectId}::uuid`]
  if (filter.state.length > 0 && without !== 'state') {
    parts.push(Prisma.sql`s."state" = ANY(${[...filter.state]}::"SampleState"[])`)
  }
  if (filter.task.length > 0 && without !== 'task') parts.push(taskCondition(filter.task))
  if (filter.flag.length > 0 && without !== 'flag') parts.push(Prisma.sql`s."flagCodes" && ${[...filter.flag]}::text[]`)
  if (filter.text !== '') parts.push(textCondition(filter.text))
  if (filter.videoId !== null) parts.push(Prisma.sql`s."videoId" = ${filter.videoId}::uuid`)
  return Prisma.join(parts, ' AND ')
}

function taskCondition(tasks: readonly string[]): Prisma.Sql {
  const named = tasks.filter((task) => task !== '')
  const isNone = named.length < tasks.length
  const among = Prisma.sql`s."task" = ANY(${named}::text[])`
  if (!isNone) return among
  return named.length === 0 ? Prisma.sql`s."task" IS NULL` : Prisma.sql`(${among} OR s."task" IS NULL)`
}

/**
 * Words are found by the index as beginnings of words. Scripts that are not cut into words by spaces (Chinese, Japanese) are
 * searched as they stand.
 */
function textCondition(text: string): Prisma.Sql {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  const isUncut = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(text)
  if (words.length === 0 || isUncut) {
    const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    return Prisma.sql`(s."question" ILIKE ${pattern} OR s."externalId" = ${text})`
  }
  const query = words.map((word) => `'${word}':*`).join(' & ')
  return Prisma.sql`(to_tsvector('simple', s."question") @@ to_tsquery('simple', ${query}) OR s."externalId" = ${text})`
}
