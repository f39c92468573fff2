/** Samples that people have settled, video by video: what a selector is measured against and trained on. */
import { parseDocument, questionOf, taskOf } from '@/core/document'
import type { SampleDocument } from '@/core/records'
import { EXPORTABLE_STATES } from '@/core/sample-state'
import { db } from '../db'
import type { Video } from '../generated/prisma/client'

const STATES = [...EXPORTABLE_STATES]
/** Documents that are in memory at the same time. */
const BATCH = 100

export type ReviewedVideo = Pick<Video, 'id' | 'projectId' | 'sha256' | 'frameTableSha256' | 'state'>
export type ReviewedSample = {
  readonly id: string
  readonly externalId: string
  readonly question: string
  readonly task: string | null
  readonly document: SampleDocument
}

const isReady = { state: 'done', frameTableSha256: { not: null } } as const

/** Number of settled samples. */
export function countReviewed(projectId: string): Promise<number> {
  return db.sample.count({ where: { projectId, state: { in: STATES } } })
}

/** Videos that have been read and have settled samples, by id. */
export function listReviewedVideos(projectId: string): Promise<ReviewedVideo[]> {
  return db.video.findMany({
    where: { projectId, ...isReady, samples: { some: { state: { in: STATES } } } },
    select: { id: true, projectId: true, sha256: true, frameTableSha256: true, state: true },
    orderBy: { id: 'asc' },
  })
}

/** Settled samples whose video is not there or could not be read; `example` = id of the first. null = there are none. */
export async function findWithoutVideo(projectId: string): Promise<{ samples: number; example: string } | null> {
  const where = { projectId, state: { in: STATES }, OR: [{ videoId: null }, { video: { isNot: isReady } }] }
  const first = await db.sample.findFirst({ where, select: { id: true }, orderBy: { id: 'asc' } })
  return first === null ? null : { samples: await db.sample.count({ where }), example: first.id }
}

/** The settled samples of a video by external id in code units, so that the order does not depend on when they were imported. */
export async function* readReviewed({ id: videoId, projectId }: Pick<Video, 'id' | 'projectId'>): AsyncGenerator<ReviewedSample> {
  for (let after = ''; ; ) {
    const ids = await db.$queryRaw<{ id: string; externalId: string }[]>`
      SELECT "id"::text, "externalId" FROM "Sample"
      WHERE "projectId" = ${projectId}::uuid AND "videoId" = ${videoId}::uuid AND "state"::text = ANY(${STATES})
        AND "externalId" COLLATE "C" > ${after}
      ORDER BY "externalId" COLLATE "C" LIMIT ${BATCH}`
    const bodies = await db.sampleBody.findMany({
      where: { sampleId: { in: ids.map(({ id }) => id) } },
      select: { sampleId: true, document: true },
    })
    const documents = new Map(bodies.map(({ sampleId, document }) => [sampleId, document]))
    for (const { id, externalId } of ids) {
      const document = parseDocument(documents.get(id))
      yield { id, externalId, question: questionOf(document).text, task: taskOf(document).task, document }
    }
    const last = ids.at(-1)
    if (last === undefined || ids.length < BATCH) return
    after = last.externalId
  }
}
