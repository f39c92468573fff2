/** Runs a selector report under its row in the database: progress, cancelling, fencing by attempt, audit. Same rules as for exports. */
import { AppError, toAppError } from '@/core/errors'
import { type VideoRows, videoRowsSchema } from '@/core/selection/report-row'
import { type ReportOptions, reportOptionsSchema } from '@/core/selection/report-status'
import { ReportBuilder } from '@/core/selection/report-summary'
import { audit } from '../audit'
import { isDatabaseGone } from '../database-errors'
import { db } from '../db'
import type { SelectorReport } from '../generated/prisma/client'
import { toJsonInput } from '../import/track-import'
import { findWithoutVideo, listReviewedVideos, type ReviewedVideo } from './reviewed-samples'

const TICK_MS = 1000

/** What was chosen on one video. */
export type LookAtVideo = (video: ReviewedVideo, options: ReportOptions, signal: AbortSignal) => Promise<VideoRows>

type Own = { readonly id: string; readonly attempt: number; readonly state: 'running' }

/** Takes the row for this attempt; null when it is over already (done, cancelled) or gone. */
async function claim(id: string): Promise<SelectorReport | null> {
  const open = { id, state: { in: ['waiting' as const, 'running' as const] } }
  const data = { state: 'running' as const, attempt: { increment: 1 }, startedAt: new Date() }
  const { count } = await db.selectorReport.updateMany({ where: open, data })
  return count === 0 ? null : db.selectorReport.findUnique({ where: { id } })
}

const lost = () => new AppError('unavailable', 'The report was cancelled, or another worker has taken it over.')

/** Writes the rows of one video and the progress, unless the report is no longer ours. */
async function keep(own: Own, videoId: string, rows: VideoRows): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.selectorReport.updateMany({ where: own, data: { videosDone: { increment: 1 } } })
    if (count === 0) throw lost()
    await tx.selectorReportVideo.create({ data: { reportId: own.id, videoId, rows: toJsonInput(rows) } })
  })
}

async function lookAtAll(own: Own, row: SelectorReport, look: LookAtVideo, signal: AbortSignal): Promise<void> {
  const options = reportOptionsSchema.parse(row.options)
  const videos = await listReviewedVideos(row.projectId)
  const done = await db.selectorReportVideo.findMany({ where: { reportId: row.id }, select: { videoId: true } })
  const isDone = new Set(done.map(({ videoId }) => videoId))
  const left = videos.filter(({ id }) => !isDone.has(id))
  await db.selectorReport.updateMany({ where: own, data: { videosDone: isDone.size, videosTotal: isDone.size + left.length } })
  for (const video of left) {
    signal.throwIfAborted()
    await keep(own, video.id, await look(video, options, signal))
  }
}

/** One video's rows in memory at a time. */
async function summarise({ id, projectId }: SelectorReport) {
  const builder = new ReportBuilder()
  const videos = await db.selectorReportVideo.findMany({ where: { reportId: id }, select: { videoId: true }, orderBy: { videoId: 'asc' } })
  for (const { videoId } of videos) {
    const { rows } = await db.selectorReportVideo.findUniqueOrThrow({ where: { reportId_videoId: { reportId: id, videoId } } })
    builder.add(videoRowsSchema.parse(rows))
  }
  const without = await findWithoutVideo(projectId)
  if (without !== null) builder.leaveOut('no-video', without.samples, without.example)
  return builder.summary()
}

async function finish(own: Own, row: SelectorReport): Promise<void> {
  const summary = await summarise(row)
  await db.$transaction(async (tx) => {
    const data = { state: 'done' as const, finishedAt: new Date(), summary: toJsonInput(summary) }
    const { count } = await tx.selectorReport.updateMany({ where: own, data })
    if (count === 0) return
    const facts = { videos: summary.videos, samples: summary.samples }
    await audit(tx, { scope: row.projectId, actorId: row.userId, action: 'selector-report.done', subject: row.id, facts })
  })
}

/** Its job is given up, or it cannot be done: whoever waits is told why, and a worker that still has it in hand is fenced out. */
export async function buryReport(id: string, { message }: AppError): Promise<void> {
  const data = { state: 'failed' as const, attempt: { increment: 1 }, finishedAt: new Date(), errorMessage: message }
  await db.selectorReport.updateMany({ where: { id, state: { in: ['waiting', 'running'] } }, data })
}

/**
 * Looks at one video after another; those of an earlier attempt are not looked at again.
 *
 * @throws what `look` throws, after the row says `failed` (not when stopped from outside: then the row stays for the retry)
 */
export async function trackReport(id: string, signal: AbortSignal, look: LookAtVideo): Promise<void> {
  const row = await claim(id)
  if (row === null) return
  const own: Own = { id, attempt: row.attempt, state: 'running' }
  const stop = new AbortController()
  const tick = setInterval(() => {
    db.selectorReport
      .count({ where: own })
      .then((count) => count === 0 && stop.abort(lost()))
      // A lost look at the row is no reason to end; the next video meets the same database.
      .catch(() => undefined)
  }, TICK_MS)
  try {
    await lookAtAll(own, row, look, AbortSignal.any([signal, stop.signal]))
    await finish(own, row)
  } catch (thrown) {
    if (stop.signal.aborted || (await db.selectorReport.count({ where: own }).catch(() => 1)) === 0) return
    if (!signal.aborted && !isDatabaseGone(thrown)) await buryReport(id, toAppError(thrown))
    throw thrown
  } finally {
    clearInterval(tick)
  }
}
