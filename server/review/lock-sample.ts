import { z } from 'zod'
import { parseDocument } from '@/core/document'
import { AppError } from '@/core/errors'
import { computeFlags, type Flag, flagSchema } from '@/core/flags'
import type { SampleDocument } from '@/core/records'
import type { Tx } from '../db'
import type { Sample, SampleBody, Video } from '../generated/prisma/client'
import { flagContextOf, rowProblemsOf } from './flag-context'

export type LockedSample = {
  readonly row: Sample
  readonly video: Video | null
  readonly draft: SampleDocument
  readonly document: SampleDocument
  readonly flagsOf: (document: SampleDocument) => Flag[]
  /** What the importer saw; written back so that it is told apart from computed flags once and for all. */
  readonly rowProblems: readonly Flag[]
}

/**
 * Locks a sample for the rest of the transaction and reads it whole. Everything that changes a sample starts here, so two
 * changes of one sample never overlap.
 *
 * @throws AppError not_found when it is not in this project
 */
export async function lockSample(tx: Tx, projectId: string, sampleId: string): Promise<LockedSample> {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "Sample" WHERE id = ${sampleId}::uuid AND "projectId" = ${projectId}::uuid FOR UPDATE`
  const found = locked.length === 0 ? null : await tx.sample.findUnique({ where: { id: sampleId }, include: { body: true, video: true } })
  if (found === null || found.body === null) {
    throw new AppError('not_found', 'There is no such sample in this project. It may have been removed.', { sampleId })
  }
  const { body, video, ...row } = found
  return open(row, body, video)
}

function open(row: Sample, body: SampleBody, video: Video | null): LockedSample {
  const draft = parseDocument(body.draft)
  const document = parseDocument(body.document)
  const context = flagContextOf(video)
  const stored = body.rowProblems === null ? null : z.array(flagSchema).parse(body.rowProblems)
  const rowProblems = stored ?? rowProblemsOf(z.array(flagSchema).parse(body.flags), document, context)
  return { row, video, draft, document, rowProblems, flagsOf: (doc) => computeFlags(doc, { ...context, rowProblems }) }
}
