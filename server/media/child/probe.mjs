/**
 * One sequential decode of the whole file: the authority on which frames exist and in what order they are presented.
 * Gives the frame table's columns, a checksum per frame, and up to 100 small pictures for the sprite sheet.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import { checksumOf } from './checksum.mjs'
import { MediaFault } from './fault.mjs'
import { Picture } from './picture.mjs'
import { Source } from './source.mjs'
import { Timeline } from './timeline.mjs'

const MAX_TILES = 100
const MAX_FRAMES = 5_000_000
/** What native code has lent us is given back only when the event loop turns: without this, some 70 MiB an hour of video. */
const FRAMES_A_BREATH = 1000

export async function probe({ path, demuxer, limits, tileSize }, reply) {
  const source = new Source(path, demuxer, limits)
  const packetFacts = new Map()
  source.onPacket = (pts, isKey, duration, isDiscarded) => {
    if (!isDiscarded) packetFacts.set(pts, isKey ? -duration - 1 : duration)
  }
  const facts = source.facts()
  const tiles = tileSize > 0 ? new TilePicker(tileSize, facts.expectedFrames) : null
  const columns = { pts: [], duration: [], key: [], check: [] }
  const timeline = new Timeline()
  let display = null
  try {
    for (let frame = source.next(); frame; frame = source.next()) {
      display ??= source.displayOf(frame)
      const index = columns.pts.length
      if (index >= MAX_FRAMES) throw new MediaFault('limit_exceeded', `More than ${MAX_FRAMES} frames`)
      addFrame(columns, timeline, source.ptsOf(frame), frame, packetFacts)
      columns.check.push(checksumOf(frame))
      tiles?.offer(index, frame, display)
      reply.progress({ done: index + 1, expected: facts.expectedFrames })
      if (index % FRAMES_A_BREATH === 0) await breathe()
    }
    if (!display) throw new MediaFault('corrupt_media', 'No frame of the video could be decoded')
    const { num, den } = source.video.timeBase
    const { turns: _turns, ...size } = display
    const result = { facts, timeBase: [num, den], ...size, ...columns, duration: spans(columns), discardedPackets: source.discardedPackets }
    const chosen = tiles?.finish() ?? { indices: [], width: 0, height: 0, data: Buffer.alloc(0) }
    return { result: { ...result, tiles: { indices: chosen.indices, width: chosen.width, height: chosen.height } }, binary: chosen.data }
  } finally {
    tiles?.close()
    source.close()
  }
}

function addFrame(columns, timeline, pts, frame, packetFacts) {
  const fact = pts === null ? undefined : packetFacts.get(pts)
  if (pts !== null) packetFacts.delete(pts)
  columns.pts.push(timeline.settle(pts))
  columns.key.push(fact === undefined ? frame.keyFrame === 1 : fact < 0)
  columns.duration.push(Math.max(0, fact === undefined ? Number(frame.duration) : fact < 0 ? -fact - 1 : fact))
}

/** A frame is on screen until the next one comes; only the last one needs the duration its packet declares. */
function spans({ pts, duration }) {
  return pts.map((own, i) => {
    const next = pts[i + 1]
    if (next !== undefined) return next - own
    return duration[i] > 0 ? duration[i] : i > 0 ? own - pts[i - 1] : 1
  })
}

/** Keeps every n-th frame as a tile; when there are too many, drops every second one and doubles n. Needs no frame count. */
class TilePicker {
  #size
  #stride
  #picture = null
  #kept = []
  #dims = null

  constructor(size, expectedFrames) {
    this.#size = size
    this.#stride = Math.max(1, Math.ceil(expectedFrames / MAX_TILES))
  }

  offer(index, frame, display) {
    if (index % this.#stride !== 0) return
    if (!this.#picture) {
      const scale = Math.min(1, this.#size / Math.max(display.width, display.height))
      this.#dims = { width: Math.max(1, Math.round(display.width * scale)), height: Math.max(1, Math.round(display.height * scale)) }
      this.#picture = Picture.rgb({ ...display, ...this.#dims }, 'fast_bilinear')
    }
    this.#kept.push({ index, data: this.#picture.render(frame).data })
    if (this.#kept.length <= MAX_TILES) return
    this.#stride *= 2
    this.#kept = this.#kept.filter((tile) => tile.index % this.#stride === 0)
  }

  finish() {
    return { indices: this.#kept.map((tile) => tile.index), ...this.#dims, data: Buffer.concat(this.#kept.map((tile) => tile.data)) }
  }

  close() {
    this.#picture?.close()
  }
}
