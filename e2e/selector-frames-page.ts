/** Bundled into the page of `selector-frames.spec.ts`: reads candidate frames as the selector does, and tells which they are. */
import type { CandidatePicture, ReadFrames } from '@/browser/selector/candidate-picture'
import { readCandidates } from '@/browser/selector/frames'
import { type FrameTable, frameAt } from '@/core/frame-table'
import { readCounter } from './fixtures/counter'

export type ClipRequest = {
  readonly name: string
  readonly sha256: string
  readonly table: FrameTable
  readonly indices: readonly number[]
  /** Frames after which it is called off; null = never. */
  readonly stopAfter: number | null
}
/** Frame index and the counter that its picture shows, drawn and by way of `source`; `open` = pictures of the browser still held. */
export type ClipAnswer = ReadFrames & {
  readonly shown: readonly (readonly [number, number | null, number | null])[]
  readonly open: number
}

declare global {
  interface Window {
    readClip(request: ClipRequest): Promise<ClipAnswer>
  }
}

/** Counts what is made and closed, because a forgotten frame stops a decoder only much later. */
const held = new Set<VideoFrame>()
const NativeFrame = window.VideoFrame
const close = NativeFrame.prototype.close
NativeFrame.prototype.close = function (this: VideoFrame) {
  held.delete(this)
  close.call(this)
}
const NativeDecoder = window.VideoDecoder
window.VideoDecoder = class extends NativeDecoder {
  constructor(init: VideoDecoderInit) {
    super({
      ...init,
      output: (frame) => {
        held.add(frame)
        init.output(frame)
      },
    })
  }
}

function counterIn(canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D): number | null {
  const { width, height } = canvas
  const { data } = context.getImageData(0, 0, width, height)
  const rgb = new Uint8Array(width * height * 3)
  for (let at = 0; at < width * height; at += 1) rgb.set(data.subarray(at * 4, at * 4 + 3), at * 3)
  return readCounter({ width, height, rgb })
}

function countersOf(picture: CandidatePicture): [number | null, number | null] {
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('no canvas')
  picture.draw(context, canvas.width, canvas.height)
  const drawn = counterIn(canvas, context)
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture.source, 0, 0, canvas.width, canvas.height)
  return [drawn, counterIn(canvas, context)]
}

window.readClip = async ({ name, sha256, table, indices, stopAfter }) => {
  const { width, height } = table
  const shown: [number, number | null, number | null][] = []
  const control = new AbortController()
  const frames = indices.map((at) => {
    const { index, pts, timeSec } = frameAt(table, at)
    return { index, pts, timeSec }
  })
  const onPicture = async (picture: CandidatePicture) => {
    shown.push([picture.frame.index, ...countersOf(picture)])
    if (shown.length === stopAfter) control.abort()
  }
  const request = { projectId: 'p', video: { id: name, sha256, width, height }, table }
  const nothing: ReadFrames = { decoded: 0, stills: 0, stillsBecause: 'called off' }
  const read = await readCandidates(request, frames, onPicture, control.signal).catch((thrown: unknown) => {
    if (!control.signal.aborted) throw thrown
    return nothing
  })
  // What was decoded ahead is closed when the decoder hands it over, which may be a moment later.
  const deadline = performance.now() + 5000
  while (held.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
  return { ...read, shown, open: held.size }
}
