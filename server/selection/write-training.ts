/** The selector's training file, one line a settled sample. Equal samples and captions give equal bytes, on every machine. */
import { rename, rm } from 'node:fs/promises'
import { AppError } from '@/core/errors'
import { reviewedFrames } from '@/core/selection/reviewed-frames'
import { type NoRow, trainingLine, trainingRow } from '@/core/selection/training-row'
import { FileWriter } from '../export/file-writer'
import { getFrameTable } from '../media/frame-tables'
import { getCandidates } from '../queries/get-candidates'
import { findWithoutVideo, listReviewedVideos, type ReviewedVideo, readReviewed } from './reviewed-samples'

/** Why settled samples have no line. */
export type TrainingGap = NoRow | 'no-video' | 'no-core-frame' | 'no-question'
export type TrainingResult = {
  readonly samples: number
  readonly leftOut: Readonly<Partial<Record<TrainingGap, number>>>
  readonly sha256: string
  readonly bytes: number
}

/** The lines of one video in the order of external ids, and what has none. */
async function* linesOf(video: ReviewedVideo): AsyncGenerator<{ line: string } | { gap: TrainingGap }> {
  const known = await open(video)
  for await (const { externalId, question, task, document } of readReviewed(video)) {
    const frames = known === null ? null : reviewedFrames(document, known.table)
    if (known === null) yield { gap: 'no-video' }
    else if (frames === null) yield { gap: 'no-core-frame' }
    else if (question.trim() === '') yield { gap: 'no-question' }
    else {
      const row = trainingRow({ id: externalId, question, task, reviewed: frames.timeSec }, known.candidates)
      yield typeof row === 'string' ? { gap: row } : { line: trainingLine(row) }
    }
  }
}

/** null when the frames of the video are not known any more. */
async function open(video: ReviewedVideo) {
  try {
    return { table: await getFrameTable(video.sha256), candidates: await getCandidates(video) }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'not_found') return null
    throw thrown
  }
}

/** What the disk says, in our words. */
function fileError(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return thrown
  if (thrown.code === 'ENOSPC') return new AppError('storage_full', 'There is no space left for the file.', { file }, { cause: thrown })
  return new AppError('missing_file', `${file} cannot be written. Name a file in a folder that is there.`, { file }, { cause: thrown })
}

/**
 * Writes the file whole or not at all; an older one in its place is replaced. Captions are those of runs: nothing is computed here.
 *
 * @throws AppError missing_file when the place cannot be written, storage_full; the abort reason
 */
export async function writeTraining(projectId: string, file: string, signal: AbortSignal): Promise<TrainingResult> {
  const temp = `${file}.part`
  await rm(temp, { force: true })
  const writer = new FileWriter(temp)
  const leftOut: Partial<Record<TrainingGap, number>> = {}
  const miss = (gap: TrainingGap, count: number) => {
    leftOut[gap] = (leftOut[gap] ?? 0) + count
  }
  let samples = 0
  try {
    // By content, because ids of videos differ from one installation to the next.
    const videos = (await listReviewedVideos(projectId)).sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
    for (const video of videos) {
      signal.throwIfAborted()
      for await (const one of linesOf(video)) {
        if ('gap' in one) miss(one.gap, 1)
        else {
          await writer.write(one.line)
          samples += 1
        }
      }
    }
    const facts = await writer.close()
    await rename(temp, file)
    const without = await findWithoutVideo(projectId)
    if (without !== null) miss('no-video', without.samples)
    return { samples, leftOut, ...facts }
  } catch (thrown) {
    writer.abandon()
    await rm(temp, { force: true })
    throw fileError(thrown, file)
  }
}
