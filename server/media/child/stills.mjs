/**
 * Exact stills. Two ways, one promise: the picture sent for index N is the N-th picture of a decode from the start.
 *  - `sequence`: decode from the start and count. Needs no table.
 *  - `stills`: seek to the key frame named by the caller, run to the wanted pts, and compare the checksum taken when the table
 *    was built. Anything that does not agree is decoded again from the start.
 */
import { Frame } from 'node-av/lib'
import { checksumOf } from './checksum.mjs'
import { MediaFault } from './fault.mjs'
import { Picture } from './picture.mjs'
import { Source } from './source.mjs'

export function sequence({ path, demuxer, limits, indices }, reply) {
  const wanted = new Set(indices)
  const last = Math.max(...indices)
  const source = new Source(path, demuxer, limits)
  let picture = null
  let index = 0
  try {
    for (let frame = source.next(); frame; frame = source.next(), index++) {
      picture ??= Picture.rgb(source.displayOf(frame))
      if (wanted.has(index)) sendStill(reply, index, source.ptsOf(frame), picture.renderToSend(frame))
      reply.progress({ done: index })
      if (index === last) return { result: { count: null } }
    }
    if (index === 0) throw new MediaFault('corrupt_media', 'No frame of the video could be decoded')
    return { result: { count: index } }
  } finally {
    picture?.close()
    source.close()
  }
}

/** Frames lately decoded in the open file, so that stepping back and forth is immediate. */
const RECENT_BYTES = 96 * 1024 * 1024

/** Frames; about what a seek and a refilled decoder cost. */
const SHORT_WAY = 12

let session = null

export function closeSession() {
  session?.close()
  session = null
}

/** `targets`: [{index, pts, check, keyIndex, keyPts}] ordered by index; keyIndex -1 = no key frame before it. */
export async function stills({ path, demuxer, limits, size, targets }, reply) {
  if (session?.path !== path || session.isBroken) {
    closeSession()
    session = new Session(path, demuxer, limits, size)
  }
  // Many at once is preparation, not somebody stepping about: keeping frames would only cost memory.
  session.isKeeping = targets.length === 1
  session.want(targets.length === 1 ? null : new Set(targets.map((target) => target.pts)))
  const before = session.decoded
  const misses = []
  // A picture is made while the next frame is looked for.
  let inMaking = null
  const sendMade = async () => {
    const made = inMaking
    inMaking = null
    if (made) sendStill(reply, made.target.index, made.target.pts, await made.picture)
  }
  try {
    for (const target of targets) {
      const frame = session.find(target, reply) ?? session.findUnhurried(target, reply)
      await sendMade()
      if (frame) inMaking = { target, picture: session.render(frame) }
      else misses.push(target)
    }
    await sendMade()
    const decoded = session.decoded - before
    if (misses.length > 0) fromStart({ path, demuxer, limits }, misses, reply)
    return { result: { seeked: targets.length - misses.length, fromStart: misses.length, decoded } }
  } catch (error) {
    // What is still being made uses what would be closed.
    await inMaking?.picture.catch(() => {})
    session.isBroken = true
    throw error
  }
}

function fromStart({ path, demuxer, limits }, targets, reply) {
  closeSession()
  const wanted = new Map(targets.map((target) => [target.index, target]))
  const source = new Source(path, demuxer, limits)
  let picture = null
  try {
    let index = 0
    for (let frame = source.next(); frame && wanted.size > 0; frame = source.next(), index++) {
      picture ??= Picture.rgb(source.displayOf(frame))
      reply.progress({ done: index })
      const target = wanted.get(index)
      if (!target) continue
      if (checksumOf(frame) !== target.check)
        throw new MediaFault('corrupt_media', `Frame ${index} does not decode to the same picture twice`)
      sendStill(reply, index, target.pts, picture.renderToSend(frame))
      wanted.delete(index)
    }
    const left = [...wanted.keys()]
    if (left.length > 0) throw new MediaFault('corrupt_media', `Frame ${left[0]} of the frame table cannot be decoded`)
  } finally {
    picture?.close()
    source.close()
  }
}

function sendStill(reply, index, pts, { data, width, height }) {
  reply.part({ index, pts, width, height }, data)
}

class Session {
  /** Frames that came out of the decoder by seeking and running on. */
  decoded = 0
  isBroken = false
  isKeeping = true
  #source
  #picture = null
  /** Of the first frame: how pictures are turned. */
  #display = null
  #recent = new Map()
  #recentBytes = 0
  /** pts of the frame decoded last; null = nothing decoded since opening or seeking failed. */
  #at = null
  /** Index of the target found last; null = not known since the last seek. */
  #atIndex = null
  #size

  /** `size` = the still's size from the frame table: a seek may land where the stream has changed its resolution. */
  constructor(path, demuxer, limits, size) {
    this.path = path
    this.#size = size
    this.#source = new Source(path, demuxer, limits)
  }

  /** Pictures nobody wants and none is made from are not decoded: about a third of the work. null = somebody steps about. */
  want(pts) {
    this.#source.wanted = pts
  }

  /** Once more with every picture decoded, and so from then on, should leaving some out be what led astray. */
  findUnhurried(target, reply) {
    if (this.#source.wanted === null) return null
    this.want(null)
    this.#at = null
    return this.find(target, reply)
  }

  /** Frame of the target, valid until the next call, or null when seeking cannot prove it. */
  find(target, reply) {
    const recent = this.#recent.get(target.pts)
    if (recent) return checksumOf(recent) === target.check ? recent : null
    if (!this.#canGoOn(target) && !this.#rewind(target)) return null
    for (let frame = this.#source.next(); frame; frame = this.#source.next()) {
      this.decoded++
      const pts = this.#source.ptsOf(frame)
      this.#display ??= this.#source.displayOf(frame)
      this.#remember(pts, frame)
      this.#at = pts
      reply.progress({ pts })
      if (pts === null || pts < target.pts) continue
      if (pts > target.pts || checksumOf(frame) !== target.check) return null
      this.#atIndex = target.index
      return frame
    }
    this.#at = null
    return null
  }

  /** Promise of the picture of a found frame; one at a time. */
  render(frame) {
    this.#picture ??= Picture.rgb({ ...this.#display, ...this.#size })
    return this.#picture.renderAside(frame)
  }

  close() {
    this.#forget()
    this.#picture?.close()
    this.#source.close()
  }

  /** Decoding on is quicker than seeking when a seek would skip few frames or none. */
  #canGoOn(target) {
    if (this.#at === null || this.#at >= target.pts) return false
    if (target.keyIndex < 0 || this.#at >= target.keyPts) return true
    return this.#atIndex !== null && target.keyIndex - this.#atIndex <= SHORT_WAY
  }

  #rewind(target) {
    this.#forget()
    this.#at = null
    this.#atIndex = null
    return target.keyIndex >= 0 && this.#source.seek(target.keyPts)
  }

  #remember(pts, frame) {
    if (pts === null || !this.isKeeping) return
    const bytes = frame.width * frame.height * 2
    const copy = new Frame()
    copy.alloc()
    copy.ref(frame)
    this.#recent.set(pts, copy)
    this.#recentBytes += bytes
    for (const [oldest, old] of this.#recent) {
      if (this.#recentBytes <= RECENT_BYTES) break
      old.free()
      this.#recent.delete(oldest)
      this.#recentBytes -= bytes
    }
  }

  #forget() {
    for (const frame of this.#recent.values()) frame.free()
    this.#recent.clear()
    this.#recentBytes = 0
  }
}
