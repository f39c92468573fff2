/** Job `run-errand`: a small question to a model that a person waits for. Its end, good or bad, stands in its row. */
import { AppError, toAppError } from '@/core/errors'
import { frameAt } from '@/core/frame-table'
import { isDatabaseGone } from '@/server/database-errors'
import { db } from '@/server/db'
import { toJsonInput } from '@/server/import/track-import'
import { getFrameTable } from '@/server/media/frame-tables'
import { buryErrand, errandSchema } from '@/server/pipeline/errands'
import { pipelineSettingsOf } from '@/server/pipeline/project-settings'
import { openErrandDesk } from './errand-desk'
import { openFrameReader } from './frame-reader'
import { asItIs, readPictures } from './models/read-pictures'
import { resolveRoles } from './models/resolve-roles'
import { tryProvider } from './try-provider'

/** Answered at once or not at all: somebody looks at a spinner. */
const TIMEOUT_MS = 60_000

export async function run(id: string, signal: AbortSignal): Promise<void> {
  const { count } = await db.errand.updateMany({ where: { id, state: { in: ['waiting', 'running'] } }, data: { state: 'running' } })
  if (count === 0) return
  const errand = await db.errand.findUniqueOrThrow({ where: { id } })
  const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  try {
    const output = await answer(errand.projectId, { kind: errand.kind, ...Object(errand.input) }, limited)
    const data = { state: 'done' as const, output: toJsonInput(output), finishedAt: new Date() }
    // Given up in between, it stays so: its asker has been told.
    await db.errand.updateMany({ where: { id, state: 'running' }, data })
  } catch (thrown) {
    if (signal.aborted || isDatabaseGone(thrown)) throw thrown
    const error = limited.aborted ? new AppError('model_unavailable', 'There was no answer within a minute.') : toAppError(thrown)
    await buryErrand(id, error)
  }
}

async function answer(projectId: string, raw: unknown, signal: AbortSignal): Promise<unknown> {
  const errand = errandSchema.parse(raw)
  const project = await db.project.findUniqueOrThrow({ where: { id: projectId }, select: { settings: true } })
  const settings = pipelineSettingsOf(project)
  if (errand.kind === 'test-provider') return tryProvider(projectId, errand.role, errand.ref, settings, signal)
  const { videoId, frameIndex, phrase } = errand
  const video = await db.video.findFirstOrThrow({ where: { id: videoId, projectId }, select: { sha256: true } })
  const frame = frameAt(await getFrameTable(video.sha256), frameIndex)
  const desk = openErrandDesk(projectId, settings, signal)
  const detector = await resolveRoles(settings, desk, { signal }).detector()
  const reader = await openFrameReader(video.sha256, signal)
  const { boxThreshold, textThreshold } = settings.detection
  const [picture] = await readPictures(reader, [{ index: frame.index, pts: frame.pts, timeSec: frame.timeSec }], asItIs)
  const found = picture === undefined ? [] : await detector.detect(picture, [phrase], { box: boxThreshold, text: textThreshold })
  const { boxes, reason } = found[0] ?? { boxes: [], reason: null }
  return { boxes: boxes.slice(0, settings.detection.maxBoxes), reason }
}
