/**
 * A copy of the video that any browser plays: H.264 in MP4. Every presented frame is kept with its own time, counted from
 * the first frame; no B-frames, hence no reordering and no edit list: frame N of the proxy is frame N of the frame table.
 */
import { AV_CODEC_FLAG_GLOBAL_HEADER, AV_PICTURE_TYPE_NONE, AV_PIX_FMT_YUV420P, AVERROR_ENOSPC } from 'node-av/constants'
import { Codec, CodecContext, Dictionary, FFmpegError, FormatContext, Packet } from 'node-av/lib'
import { MediaFault } from './fault.mjs'
import { Picture } from './picture.mjs'
import { ProxyAudio } from './proxy-audio.mjs'
import { Source } from './source.mjs'
import { Timeline } from './timeline.mjs'

const MAX_SIDE = 1920
/** A key frame at least every half second or so: seeking in the player stays quick. */
const KEY_INTERVAL = 24

export function proxy({ path, demuxer, limits, out, lastDuration }, reply) {
  const source = new Source(path, demuxer, limits)
  const writer = new ProxyWriter(out, source, lastDuration)
  try {
    const timeline = new Timeline()
    for (let frame = source.next(); frame; frame = source.next()) {
      if (!writer.isOpen) writer.open(source.displayOf(frame), frame, openAudio({ path, demuxer }))
      writer.add(frame, timeline.settle(source.ptsOf(frame)))
      reply.progress({ done: writer.frames })
    }
    writer.finish()
    return { result: { frames: writer.frames, hasAudio: writer.hasAudio } }
  } finally {
    writer.close()
    source.close()
  }
}

/** Sound is a courtesy: a video whose sound cannot be read gets a silent proxy. */
function openAudio(input) {
  try {
    return ProxyAudio.open(input)
  } catch {
    return null
  }
}

class ProxyWriter {
  isOpen = false
  frames = 0
  #out
  #source
  #lastDuration
  #format = null
  #encoder = null
  #stream = null
  #picture = null
  #audio = null
  #firstPts = 0
  /** The packet not written yet: its duration is known when the next one comes. */
  #held = null

  constructor(out, source, lastDuration) {
    this.#out = out
    this.#source = source
    this.#lastDuration = lastDuration
  }

  get hasAudio() {
    return this.#audio !== null
  }

  open(display, frame, audio) {
    const scale = Math.min(1, MAX_SIDE / Math.max(display.width, display.height))
    const even = (side) => Math.max(2, Math.round((side * scale) / 2) * 2)
    const [width, height] = [even(display.width), even(display.height)]
    const [w, h] = display.rotation % 180 === 0 ? [width, height] : [height, width]
    this.#picture = new Picture([`scale=${w}:${h}:flags=bicubic:out_range=tv`, ...display.turns, 'format=yuv420p'].join(','))
    const { num, den } = this.#source.video.timeBase
    const codec = Codec.findEncoderByName('libx264')
    const encoder = new CodecContext()
    encoder.allocContext3(codec)
    this.#encoder = encoder
    Object.assign(encoder, {
      width,
      height,
      pixelFormat: AV_PIX_FMT_YUV420P,
      timeBase: { num, den },
      gopSize: KEY_INTERVAL,
      maxBFrames: 0,
      threadCount: 2,
    })
    encoder.colorSpace = frame.colorSpace
    encoder.colorPrimaries = frame.colorPrimaries
    encoder.colorTrc = frame.colorTrc
    for (const [key, value] of [
      ['preset', 'veryfast'],
      ['crf', '20'],
    ])
      encoder.setOption(key, value)
    encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    must(encoder.open2Sync(codec, null), 'the encoder did not start')

    const format = new FormatContext()
    must(format.allocOutputContext2(null, 'mp4', this.#out), 'no output')
    this.#format = format
    this.#stream = format.newStream(codec)
    must(this.#stream.codecpar.fromContext(encoder), 'no output')
    this.#stream.timeBase = { num, den }
    this.#audio = audio
    audio?.attach(format)
    must(format.openOutputSync(), 'the output cannot be written')
    must(format.writeHeaderSync(Dictionary.fromObject({ movflags: '+faststart' })), 'the output cannot be written')
    this.isOpen = true
  }

  add(frame, pts) {
    if (this.frames === 0) {
      this.#firstPts = pts
      const { num, den } = this.#source.video.timeBase
      this.#audio?.startAt((pts * num) / den)
    }
    const picture = this.#picture.renderFrame(frame)
    picture.pts = BigInt(pts - this.#firstPts)
    picture.pictType = AV_PICTURE_TYPE_NONE
    must(this.#encoder.sendFrameSync(picture), 'encoding failed')
    this.frames++
    this.#drain()
  }

  finish() {
    if (!this.isOpen) throw new MediaFault('corrupt_media', 'No frame of the video could be decoded')
    must(this.#encoder.sendFrameSync(null), 'encoding failed')
    this.#drain()
    this.#flushHeld(BigInt(this.#lastDuration))
    this.#audio?.writeUntil(Number.POSITIVE_INFINITY)
    must(this.#format.writeTrailerSync(), 'the output cannot be finished')
    this.#format.closeOutputSync()
  }

  close() {
    this.#held?.free()
    this.#audio?.close()
    this.#picture?.close()
    this.#encoder?.freeContext()
    this.#format?.freeContext()
  }

  #drain() {
    for (;;) {
      const packet = new Packet()
      packet.alloc()
      if (this.#encoder.receivePacketSync(packet) !== 0) {
        packet.free()
        return
      }
      this.#flushHeld(this.#held ? packet.pts - this.#held.pts : 0n)
      this.#held = packet
    }
  }

  #flushHeld(duration) {
    const packet = this.#held
    if (!packet) return
    this.#held = null
    packet.duration = duration
    packet.dts = packet.pts
    packet.streamIndex = this.#stream.index
    const { num, den } = this.#source.video.timeBase
    this.#audio?.writeUntil((Number(packet.pts) * num) / den)
    packet.rescaleTs({ num, den }, this.#stream.timeBase)
    must(this.#format.interleavedWriteFrameSync(packet), 'the output cannot be written')
    packet.free()
  }
}

function must(code, what) {
  if (code === AVERROR_ENOSPC) throw new MediaFault('storage_full', 'No space left for the browser copy of the video')
  if (code < 0) throw new MediaFault('corrupt_media', `No browser copy could be made: ${what} (${FFmpegError.strerror(code)})`)
}
