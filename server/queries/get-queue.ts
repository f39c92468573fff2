/**
 * The queue of the review screen: the filtered samples in review order, read as pages around a sample or on from a cursor.
 * Samples that this person skipped come after all others, so skipping puts off without hiding. Keyset paging throughout.
 */
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { type QueueItem, type QueuePage, queuePageSchema } from '@/core/review-sample'
import type { SampleFilter, SampleOrder } from '@/core/sample-filter'
import { isEditable, type SampleState, sampleStateSchema } from '@/core/sample-state'
import { db } from '@/server/db'
import { Prisma } from '@/server/generated/prisma/client'
import { sampleWhere } from './sample-where'

export type QueuePlace = { readonly around: string | null } | { readonly after: string } | { readonly before: string }

const PAGE = 40
const BEFORE = 8

type Key = { readonly isSkipped: boolean; readonly sort: string; readonly ordinal: bigint }
type Raw = Omit<z.input<typeof queuePageSchema>['items'][number], 'cursor' | 'decidedBy'> & {
  sort: string
  ordinal: bigint
  deciderId: string | null
  deciderName: string | null
}
type Scope = { readonly projectId: string; readonly filter: SampleFilter; readonly userId: string }

const EDITABLE: readonly SampleState[] = sampleStateSchema.options.filter(isEditable)

/** The sort key as text, exact both ways; the ordinal breaks ties. */
const SORT: Readonly<Record<SampleOrder, { key: Prisma.Sql; type: Prisma.Sql; isDown: boolean; ordinalDown: boolean }>> = {
  risk: { key: Prisma.sql`s."risk"`, type: Prisma.sql`float8`, isDown: true, ordinalDown: false },
  import: { key: Prisma.sql`0::int`, type: Prisma.sql`int`, isDown: false, ordinalDown: false },
  recent: { key: Prisma.sql`s."updatedAt"`, type: Prisma.sql`timestamp(3)`, isDown: true, ordinalDown: true },
}

const isSkippedBy = (userId: string) =>
  Prisma.sql`(s."decision" IS NOT DISTINCT FROM 'skip' AND s."decidedBy" IS NOT DISTINCT FROM ${userId})`

/** @throws AppError invalid_input for a cursor we did not make */
export async function getQueue(scope: Scope, place: QueuePlace): Promise<QueuePage> {
  const [rows, counts] = await Promise.all([rowsAt(scope, place), countStates(scope)])
  const first = rows.items[0]
  const position = first === undefined ? 0 : 1 + (await countBefore(scope, keyOf(first)))
  const items = rows.items.map((row) => toItem(row, scope.userId))
  return queuePageSchema.parse({ items, position, hasBefore: rows.hasBefore, hasAfter: rows.hasAfter, ...counts })
}

async function rowsAt(scope: Scope, place: QueuePlace): Promise<{ items: Raw[]; hasBefore: boolean; hasAfter: boolean }> {
  if ('after' in place) {
    const items = await walk(scope, 'after', parseCursor(place.after), PAGE + 1)
    return { items: items.slice(0, PAGE), hasBefore: true, hasAfter: items.length > PAGE }
  }
  if ('before' in place) {
    const items = await walk(scope, 'before', parseCursor(place.before), PAGE + 1)
    return { items: items.slice(0, PAGE).reverse(), hasBefore: items.length > PAGE, hasAfter: true }
  }
  const centre = place.around === null ? await firstOpen(scope) : await one(scope, place.around)
  if (centre === null) {
    const items = await walk(scope, 'after', null, PAGE + 1)
    return { items: items.slice(0, PAGE), hasBefore: false, hasAfter: items.length > PAGE }
  }
  const key = keyOf(centre)
  const [before, after] = await Promise.all([walk(scope, 'before', key, BEFORE + 1), walk(scope, 'after', key, PAGE + 1)])
  const items = [...before.slice(0, BEFORE).reverse(), centre, ...after.slice(0, PAGE)]
  return { items, hasBefore: before.length > BEFORE, hasAfter: after.length > PAGE }
}

function select(scope: Scope, where: Prisma.Sql): Prisma.Sql {
  const { key } = SORT[scope.filter.order]
  return Prisma.sql`
    SELECT s."id", s."question", s."task", s."state"::text AS "state", s."risk", COALESCE(s."flagCodes", '{}') AS "flagCodes", s."isBlocked", s."itemsTotal", s."itemsDone",
      s."videoId", s."thumbFrame", s."ordinal", ${key}::text AS "sort", ${isSkippedBy(scope.userId)} AS "isSkipped",
      u."id" AS "deciderId", u."name" AS "deciderName"
    FROM "Sample" s LEFT JOIN "User" u ON u."id" = s."decidedBy"
    WHERE ${sampleWhere(scope.projectId, scope.filter)} AND ${where}`
}

/** Rows beyond a key in one direction, nearest first. The two parts keep the index on risk usable. */
async function walk(scope: Scope, direction: 'after' | 'before', from: Key | null, limit: number): Promise<Raw[]> {
  const parts = direction === 'after' ? [false, true] : [true, false]
  const rows: Raw[] = []
  for (const isSkipped of parts) {
    if (rows.length >= limit) break
    const isPast = from !== null && from.isSkipped !== isSkipped && from.isSkipped === (direction === 'after')
    if (isPast) continue
    const skipped = Prisma.sql`${isSkippedBy(scope.userId)} = ${isSkipped}`
    const beyond =
      from !== null && from.isSkipped === isSkipped ? Prisma.sql`AND ${beyondKey(scope.filter.order, direction, from)}` : Prisma.empty
    const sql = Prisma.sql`${select(scope, Prisma.sql`${skipped} ${beyond}`)} ORDER BY ${orderBy(scope.filter.order, direction)} LIMIT ${limit - rows.length}`
    rows.push(...(await db.$queryRaw<Raw[]>(sql)))
  }
  return rows
}

function orderBy(order: SampleOrder, direction: 'after' | 'before'): Prisma.Sql {
  const { key, isDown, ordinalDown } = SORT[order]
  const way = (down: boolean) => (down === (direction === 'after') ? Prisma.sql`DESC` : Prisma.sql`ASC`)
  return order === 'import'
    ? Prisma.sql`s."ordinal" ${way(ordinalDown)}`
    : Prisma.sql`${key} ${way(isDown)}, s."ordinal" ${way(ordinalDown)}`
}

function beyondKey(order: SampleOrder, direction: 'after' | 'before', from: Key): Prisma.Sql {
  const { key, type, isDown, ordinalDown } = SORT[order]
  const sign = (down: boolean) => (down === (direction === 'after') ? Prisma.sql`<` : Prisma.sql`>`)
  const ordinal = Prisma.sql`s."ordinal" ${sign(ordinalDown)} ${from.ordinal}`
  if (order === 'import') return ordinal
  const value = Prisma.sql`${from.sort}::text::${type}`
  return Prisma.sql`(${key} ${sign(isDown)} ${value} OR (${key} = ${value} AND ${ordinal}))`
}

async function countBefore(scope: Scope, key: Key): Promise<number> {
  const skipped = isSkippedBy(scope.userId)
  const earlier = Prisma.sql`(${skipped} = ${key.isSkipped} AND ${beyondKey(scope.filter.order, 'before', key)})`
  const where = key.isSkipped ? Prisma.sql`(NOT ${skipped} OR ${earlier})` : earlier
  const [row] = await db.$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM "Sample" s WHERE ${sampleWhere(scope.projectId, scope.filter)} AND ${where}`
  return Number(row?.n ?? 0)
}

async function firstOpen(scope: Scope): Promise<Raw | null> {
  const open = Prisma.sql`s."state"::text = ANY(${[...EDITABLE]}::text[])`
  for (const isSkipped of [false, true]) {
    const where = Prisma.sql`${open} AND ${isSkippedBy(scope.userId)} = ${isSkipped}`
    const [row] = await db.$queryRaw<Raw[]>(Prisma.sql`${select(scope, where)} ORDER BY ${orderBy(scope.filter.order, 'after')} LIMIT 1`)
    if (row !== undefined) return row
  }
  return null
}

/** The sample itself, or null when the filter leaves it out. */
async function one(scope: Scope, sampleId: string): Promise<Raw | null> {
  if (!z.uuid().safeParse(sampleId).success) return null
  const [row] = await db.$queryRaw<Raw[]>(select(scope, Prisma.sql`s."id" = ${sampleId}::uuid`))
  return row ?? null
}

async function countStates({ projectId, filter }: Scope): Promise<Pick<QueuePage, 'total' | 'counts'>> {
  const rows = await db.$queryRaw<{ state: SampleState; n: bigint }[]>`
    SELECT s."state"::text AS state, count(*) AS n FROM "Sample" s WHERE ${sampleWhere(projectId, filter)} GROUP BY 1`
  const count = (states: readonly SampleState[]) =>
    rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + Number(row.n), 0)
  return {
    total: rows.reduce((sum, row) => sum + Number(row.n), 0),
    counts: {
      approved: count(['approved', 'released']),
      fixed: count(['fixed']),
      rejected: count(['rejected', 'sent_back']),
      left: count(EDITABLE),
    },
  }
}

const keyOf = ({ isSkipped, sort, ordinal }: Raw): Key => ({ isSkipped, sort, ordinal })

function toItem(row: Raw, userId: string): z.input<typeof queuePageSchema>['items'][number] {
  const { sort, ordinal, deciderId, deciderName, ...item } = row
  const cursor = Buffer.from(JSON.stringify([row.isSkipped, sort, ordinal.toString()])).toString('base64url')
  const decidedBy: QueueItem['decidedBy'] = deciderName === null ? null : { name: deciderName, isMine: deciderId === userId }
  return { ...item, cursor, decidedBy }
}

const cursorSchema = z.tuple([z.boolean(), z.string().regex(/^[\d.:eE+\- T]{1,40}$/), z.string().regex(/^\d{1,18}$/)])

function parseCursor(cursor: string): Key {
  let json: unknown = null
  try {
    json = JSON.parse(Buffer.from(cursor.slice(0, 300), 'base64url').toString('utf8'))
  } catch {
    // Falls through to the refusal below.
  }
  const parsed = cursorSchema.safeParse(json)
  if (!parsed.success)
    throw new AppError('invalid_input', 'This place in the queue is not known. Open the queue again.', { field: 'cursor' })
  const [isSkipped, sort, ordinal] = parsed.data
  return { isSkipped, sort, ordinal: BigInt(ordinal) }
}
