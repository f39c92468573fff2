/**
 * Pages of samples. Going on from row to row is keyset paging: a page costs the same at row 10 and at row 199,990. Jumping
 * to a place (the scroll bar) walks an index only (sort key and ordinal stand in it) and reads the rows of that page alone.
 */
import { z } from 'zod'
import { AppError } from '@/core/errors'
import type { SampleFilter, SampleOrder } from '@/core/sample-filter'
import type { SamplePage, SampleRow } from '@/core/sample-row'
import { db } from '@/server/db'
import { Prisma } from '@/server/generated/prisma/client'
import { sampleWhere } from './sample-where'

export const MAX_PAGE = 200

export type SamplePlace = { readonly after: string } | { readonly offset: number }

const cursorSchema = z.tuple([z.string().max(64), z.string().regex(/^\d{1,19}$/)])

type Raw = Omit<SampleRow, 'ordinal' | 'updatedAt' | 'reviewer'> & {
  ordinal: bigint
  updatedAt: Date
  reviewerId: string | null
  reviewerName: string | null
}

const ORDERS: Readonly<Record<SampleOrder, Prisma.Sql>> = {
  risk: Prisma.sql`s."risk" DESC, s."ordinal" ASC`,
  import: Prisma.sql`s."ordinal" ASC`,
  recent: Prisma.sql`s."updatedAt" DESC, s."ordinal" DESC`,
}

/** @throws AppError invalid_input for a cursor we did not make */
export async function listSamples(projectId: string, filter: SampleFilter, place: SamplePlace, limit: number): Promise<SamplePage> {
  const take = Math.min(Math.max(1, limit), MAX_PAGE)
  const order = ORDERS[filter.order]
  const where = sampleWhere(projectId, filter)
  const from = 'after' in place ? Prisma.sql`AND ${afterCursor(filter.order, place.after)}` : Prisma.empty
  const skip = 'offset' in place ? Prisma.sql`OFFSET ${place.offset}` : Prisma.empty
  const rows = await db.$queryRaw<Raw[]>`
    WITH page AS MATERIALIZED (SELECT s."ordinal" FROM "Sample" s WHERE ${where} ${from} ORDER BY ${order} LIMIT ${take + 1} ${skip})
    SELECT s."id", s."ordinal", s."externalId", s."question", s."task", s."state"::text AS "state", s."flagCodes", s."isBlocked", s."risk",
      s."itemsTotal", s."itemsDone", s."thumbFrame", s."videoId", s."updatedAt", v."name" AS "videoName",
      u."id" AS "reviewerId", u."name" AS "reviewerName"
    FROM page JOIN "Sample" s ON s."projectId" = ${projectId}::uuid AND s."ordinal" = page."ordinal"
      LEFT JOIN "Video" v ON v."id" = s."videoId"
      LEFT JOIN "User" u ON u."id" = COALESCE(s."decidedBy", s."leaseUserId")
    ORDER BY ${order}`
  const shown = rows.slice(0, take)
  const last = shown.at(-1)
  return { rows: shown.map(toRow), next: rows.length > take && last !== undefined ? cursorOf(filter.order, last) : null }
}

function toRow({ reviewerId, reviewerName, ...raw }: Raw): SampleRow {
  return {
    ...raw,
    ordinal: raw.ordinal.toString(),
    updatedAt: raw.updatedAt.toISOString(),
    reviewer: reviewerId === null || reviewerName === null ? null : { id: reviewerId, name: reviewerName },
  }
}

function cursorOf(order: SampleOrder, row: Pick<Raw, 'risk' | 'ordinal' | 'updatedAt'>): string {
  const key = order === 'risk' ? String(row.risk) : order === 'recent' ? row.updatedAt.toISOString() : ''
  return Buffer.from(JSON.stringify([key, row.ordinal.toString()])).toString('base64url')
}

function afterCursor(order: SampleOrder, cursor: string): Prisma.Sql {
  const parsed = cursorSchema.safeParse(readJson(Buffer.from(cursor.slice(0, 300), 'base64url').toString('utf8')))
  if (!parsed.success) throw badCursor()
  const [key, ordinal] = parsed.data
  const number = BigInt(ordinal)
  if (order === 'import') return Prisma.sql`s."ordinal" > ${number}`
  if (order === 'risk') {
    const risk = Number(key)
    if (key === '' || !Number.isFinite(risk)) throw badCursor()
    // `<=` alone lets the index start at the cursor; the rest drops what came before among equals.
    return Prisma.sql`s."risk" <= ${risk} AND (s."risk" < ${risk} OR s."ordinal" > ${number})`
  }
  const at = new Date(key)
  if (Number.isNaN(at.getTime())) throw badCursor()
  return Prisma.sql`(s."updatedAt", s."ordinal") < (${at}, ${number})`
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function badCursor(): AppError {
  return new AppError('invalid_input', 'This place in the list is not known. Open the list again from its beginning.', { field: 'after' })
}
