/** The captioner of the embedded default: what a detector finds, followed over frames, in plain sentences. No model writes. */
import { AppError } from '@/core/errors'
import { type FrameTable, frameAt, indexAtTime } from '@/core/frame-table'
import type { SampledFrame, Shot } from '@/core/pipeline/outputs'
import { colourOf } from '@/core/pipeline/template/colour'
import { describeFrames } from '@/core/pipeline/template/frame-facts'
import { looksAt, mergeLooks, showsAny } from '@/core/pipeline/template/looks'
import type { Moment, Seen } from '@/core/pipeline/template/raw-frame'
import type { Rect } from '@/core/records'
import { cropPicture } from './crop-picture'
import type { Captioner, FramePicture, FrameReader } from './roles'

/** What the captioner needs of a detector: everything it sees on a picture. */
type SeesAll = { detectAll(picture: FramePicture): Promise<readonly { label: string; score: number; rect: Rect }[]> }

/** Motion is measured over this time: short enough that a thing still overlaps itself. */
const SOON_SEC = 0.2
/** Weaker detections are noise even as a trace of something. */
const MIN_SCORE = 0.25
/** Only around boxes of this score it is looked again for where they have gone. */
const WORTH_FOLLOWING = 0.35

export function templateCaptioner(detector: SeesAll): Captioner {
  return {
    identity: { kind: 'template', provider: 'embedded', model: 'detector-caption', version: '1' },
    async caption(frames, shots, reader) {
      const seen = await seenOn(frames, reader, detector, () => null)
      const companions = reader.table === undefined ? new Map<number, SampledFrame>() : companionsOf(frames, shots, reader.table)
      // Where nothing was seen there is nothing to follow, and where something was, only its surroundings are looked at again.
      const places = new Map<number, Rect[]>()
      for (const { index } of frames) {
        const companion = companions.get(index)
        const rects = (seen.get(index) ?? []).filter(({ score }) => score >= WORTH_FOLLOWING).map(({ rect }) => rect)
        if (companion !== undefined && rects.length > 0) places.set(companion.index, [...(places.get(companion.index) ?? []), ...rects])
      }
      const later = [...new Map([...companions.values()].map((frame) => [frame.index, frame])).values()]
      const soon = await seenOn(
        later.filter(({ index }) => places.has(index)),
        reader,
        detector,
        (index) => places.get(index) ?? null,
      )
      const raw = frames.map(({ index, timeSec }) => {
        const companion = companions.get(index)
        const next: Moment | null = companion === undefined ? null : { timeSec: companion.timeSec, seen: soon.get(companion.index) ?? [] }
        return { frameIndex: index, timeSec, shot: shotOf(index, shots), seen: seen.get(index) ?? [], soon: next }
      })
      return describeFrames(raw, reader).map(({ facts, text }) => ({ frameIndex: facts.frameIndex, text, facts }))
    },
  }
}

function shotOf(index: number, shots: readonly Shot[]): number {
  return Math.max(
    0,
    shots.findIndex(({ startIndex, endIndex }) => index >= startIndex && index <= endIndex),
  )
}

/** The frame a fifth of a second after each sampled one, by its index; none where the shot is over by then. */
function companionsOf(frames: readonly SampledFrame[], shots: readonly Shot[], table: FrameTable): Map<number, SampledFrame> {
  return new Map(
    frames.flatMap((frame): [number, SampledFrame][] => {
      const { index, pts, timeSec } = frameAt(table, indexAtTime(table, frame.timeSec + SOON_SEC))
      const end = shots[shotOf(frame.index, shots)]?.endIndex ?? index
      return index > frame.index && index <= end ? [[frame.index, { index, pts, timeSec }]] : []
    }),
  )
}

/** What is seen on each frame. `around` = rectangles near which alone it is looked; null = everywhere. */
async function seenOn(
  frames: readonly SampledFrame[],
  reader: FrameReader,
  detector: SeesAll,
  around: (index: number) => readonly Rect[] | null,
): Promise<Map<number, Seen[]>> {
  const seen = new Map<number, Seen[]>()
  if (frames.length === 0) return seen
  await reader.read(frames, async (picture) => {
    seen.set(picture.frame.index, await seenIn(picture, detector, around(picture.frame.index)))
  })
  const missing = frames.find(({ index }) => !seen.has(index))
  if (missing === undefined) return seen
  throw new AppError('corrupt_media', `Frame ${missing.index} of the video could not be read, so it has no caption.`, {
    index: missing.index,
  })
}

async function seenIn(picture: FramePicture, detector: SeesAll, around: readonly Rect[] | null): Promise<Seen[]> {
  const looks = looksAt(picture).filter((look) => around === null || showsAny(look, around))
  const found = []
  for (const look of looks) {
    const part = look.kind === 'whole' ? picture : cropPicture(picture, look.rect)
    const detections = await detector.detectAll(part)
    found.push({ look, detections: detections.filter(({ score }) => score >= MIN_SCORE) })
  }
  return mergeLooks(found, picture).map((one) => ({ ...one, colour: colourOf(picture.rgb, picture, one.rect, one.label) }))
}
