import { z } from 'zod'
import { parseDocument } from '@/core/document'
import { AppError } from '@/core/errors'
import { computeFlags, type Flag, flagSchema } from '@/core/flags'
import { provenanceMapSchema } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import { type ReviewSample, reviewSampleSchema, type reviewVideoSchema } from '@/core/review-sample'
import { sampleSourceSchema } from '@/core/sample-source'
import { db } from '@/server/db'
import type { Video } from '../generated/prisma/client'
import { flagContextOf, rowProblemsOf } from '../review/flag-context'

const EDITS_SHOWN = 20

/**
 * Everything the review screen needs to paint one sample. The caller has checked that the viewer may see the project.
 *
 * @throws AppError not_found when the sample is not in this project
 */
export async function getSample(projectId: string, sampleId: string): Promise<ReviewSample> {
  const row = z.uuid().safeParse(sampleId).success
    ? await db.sample.findFirst({
        where: { id: sampleId, projectId },
        include: { body: true, video: true, edits: { orderBy: { version: 'desc' }, take: EDITS_SHOWN } },
      })
    : null
  if (row === null || row.body === null) {
    throw new AppError('not_found', 'There is no such sample in this project. It may have been removed.', { sampleId })
  }
  const { body, video, edits } = row
  const draft = parseDocument(body.draft)
  const document = parseDocument(body.document)
  const context = flagContextOf(video)
  const rowProblems: Flag[] =
    body.rowProblems === null
      ? rowProblemsOf(z.array(flagSchema).parse(body.flags), document, context)
      : z.array(flagSchema).parse(body.rowProblems)
  const [people, readyStills] = await Promise.all([
    peopleOf([row.decidedBy, ...edits.map((edit) => edit.userId)]),
    video === null ? [] : readyStillsOf(video.sha256, [draft, document]),
  ])
  const person = (id: string) => ({ id, name: people.get(id) ?? 'Someone who left' })
  return reviewSampleSchema.parse({
    id: row.id,
    projectId,
    externalId: row.externalId,
    split: row.split,
    state: row.state,
    version: row.version,
    draft,
    document,
    flags: computeFlags(document, { ...context, rowProblems }),
    rowProblems,
    provenance: provenanceMapSchema.parse(body.provenance),
    source: sampleSourceSchema.safeParse(body.source).data ?? null,
    video: video === null ? null : reviewVideoOf(video),
    readyStills,
    decision:
      row.decision === null
        ? null
        : {
            word: row.decision,
            by: row.decidedBy === null ? null : person(row.decidedBy),
            at: row.decidedAt?.toISOString() ?? null,
            reasons: row.decisionReasons,
            note: row.decisionNote,
          },
    edits: edits.map((edit) => ({
      version: edit.version,
      by: person(edit.userId),
      at: edit.createdAt.toISOString(),
      records: recordsTouched(edit.diff),
    })),
  })
}

function recordsTouched(diff: unknown): number {
  const parsed = z.object({ added: z.looseObject({}), updated: z.looseObject({}), removed: z.looseObject({}) }).safeParse(diff)
  return parsed.success ? Object.values(parsed.data).reduce((sum, part) => sum + Object.keys(part).length, 0) : 0
}

async function peopleOf(ids: readonly (string | null)[]): Promise<ReadonlyMap<string, string>> {
  const known = [...new Set(ids.filter((id) => id !== null))]
  const rows = known.length === 0 ? [] : await db.user.findMany({ where: { id: { in: known } }, select: { id: true, name: true } })
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Stills that are stored already, among the frames the sample names; the others are decoded when asked for. */
async function readyStillsOf(videoSha256: string, documents: readonly SampleDocument[]): Promise<number[]> {
  const indices = new Set<number>()
  for (const document of documents) {
    for (const record of Object.values(document)) if (record.type === 'coreFrame' && record.index !== null) indices.add(record.index)
  }
  if (indices.size === 0) return []
  const rows = await db.still.findMany({ where: { videoSha256, frameIndex: { in: [...indices] } }, select: { frameIndex: true } })
  return rows.map((row) => row.frameIndex).sort((a, b) => a - b)
}

function reviewVideoOf(video: Video): z.input<typeof reviewVideoSchema> {
  const { timeBaseNum, timeBaseDen } = video
  return {
    id: video.id,
    sha256: video.sha256,
    name: video.name,
    isReady: video.state === 'done' && video.frameTableSha256 !== null,
    problem: video.state === 'failed' ? (video.errorMessage ?? 'The video could not be read.') : null,
    width: video.width,
    height: video.height,
    timeBase: timeBaseNum === null || timeBaseDen === null ? null : [timeBaseNum, timeBaseDen],
    frameCount: video.frameCount,
    durationSec: video.durationSec,
    averageFps: video.avgFps,
    isVfr: video.isVfr,
    mediaType: video.mediaType,
  }
}
