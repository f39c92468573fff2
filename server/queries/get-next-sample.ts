import { parseDocument } from '@/core/document'
import type { Rect } from '@/core/records'
import { db } from '@/server/db'

export type NextSample = {
  readonly id: string
  readonly question: string
  readonly flagCodes: readonly string[]
  readonly videoId: string | null
  readonly videoName: string | null
  readonly frameIndex: number | null
  readonly size: { width: number; height: number } | null
  /** Boxes on that frame, with the number of their object. */
  readonly boxes: readonly { rect: Rect; objectNumber: number }[]
}

/** The riskiest sample that waits and has a picture to show, with the boxes of the frame that stands for it. */
export async function getNextSample(projectId: string): Promise<NextSample | null> {
  const sample = await db.sample.findFirst({
    where: { projectId, state: { in: ['queued', 'in_review', 'needs_second'] }, thumbFrame: { not: null }, videoId: { not: null } },
    orderBy: [{ risk: 'desc' }, { ordinal: 'asc' }],
    select: {
      id: true,
      question: true,
      flagCodes: true,
      thumbFrame: true,
      video: { select: { id: true, name: true, width: true, height: true } },
      body: { select: { document: true } },
    },
  })
  if (sample === null) return null
  const { video } = sample
  return {
    id: sample.id,
    question: sample.question,
    flagCodes: sample.flagCodes,
    videoId: video?.id ?? null,
    videoName: video?.name ?? null,
    frameIndex: sample.thumbFrame,
    size: video?.width != null && video.height != null ? { width: video.width, height: video.height } : null,
    boxes: sample.body === null ? [] : boxesOnFrame(sample.body.document, sample.thumbFrame),
  }
}

function boxesOnFrame(json: unknown, frameIndex: number | null): { rect: Rect; objectNumber: number }[] {
  const records = Object.values(parseDocument(json))
  const frame = records.find((record) => record.type === 'coreFrame' && record.index === frameIndex)
  const objects = records.filter((record) => record.type === 'object').sort((a, b) => a.order - b.order)
  return records.flatMap((record) => {
    if (record.type !== 'box' || record.frameId !== frame?.id || record.verdict === 'rejected') return []
    const position = objects.findIndex((object) => object.id === record.objectId)
    return position < 0 ? [] : [{ rect: record.rect, objectNumber: position + 1 }]
  })
}
