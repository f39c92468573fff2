import { parseDocument, recordsOf } from '@/core/document'
import { AppError } from '@/core/errors'
import { db } from '@/server/db'
import { log } from '@/server/log'
import { ensureStills } from '@/server/media/ensure-stills'
import { getFrameTable } from '@/server/media/frame-tables'

const SAMPLES_AT_ONCE = 500

/** Makes the stills of all core frames of all samples of one video, in one pass over the file. Done again it changes nothing. */
export async function run(id: string, signal: AbortSignal): Promise<void> {
  const video = await db.video.findUnique({ where: { id }, select: { sha256: true, state: true } })
  if (video === null || video.state !== 'done') return
  const table = await getFrameTable(video.sha256)
  const indices = (await coreFrameIndices(id, signal)).filter((index) => index < table.pts.length)
  if (indices.length === 0) return
  const stills = await ensureStills(video.sha256, indices, { signal })
  log.info({ videoId: id, stills: stills.length }, 'stills ready')
}

async function coreFrameIndices(videoId: string, signal: AbortSignal): Promise<number[]> {
  const indices = new Set<number>()
  let after: string | null = null
  for (;;) {
    if (signal.aborted) throw new AppError('unavailable', 'The work was stopped.')
    const bodies: { sampleId: string; document: unknown }[] = await db.sampleBody.findMany({
      where: { sample: { videoId }, ...(after === null ? {} : { sampleId: { gt: after } }) },
      orderBy: { sampleId: 'asc' },
      take: SAMPLES_AT_ONCE,
      select: { sampleId: true, document: true },
    })
    for (const body of bodies) {
      for (const frame of recordsOf(parseDocument(body.document), 'coreFrame')) if (frame.index !== null) indices.add(frame.index)
    }
    after = bodies.at(-1)?.sampleId ?? null
    if (bodies.length < SAMPLES_AT_ONCE || after === null) return [...indices]
  }
}
