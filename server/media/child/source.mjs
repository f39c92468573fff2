/** One opened file: container, the video stream and its decoder, read strictly in order. */
import {
  AV_CODEC_ID_NONE,
  AV_DISPOSITION_ATTACHED_PIC,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PKT_FLAG_DISCARD,
  AV_PKT_FLAG_KEY,
  AVDISCARD_ALL,
  AVDISCARD_DEFAULT,
  AVDISCARD_NONREF,
  AVERROR_EAGAIN,
  AVERROR_ENOMEM,
  AVERROR_EOF,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants'
import {
  avGetCodecName,
  avGetPixFmtName,
  Codec,
  CodecContext,
  Dictionary,
  FFmpegError,
  FormatContext,
  Frame,
  InputFormat,
  Packet,
} from 'node-av/lib'
import { DECODER_WHITELIST, DEMUXERS, VIDEO_CODECS } from './allow.mjs'
import { displaySize, orientationOf, usableSar } from './display.mjs'
import { MediaFault } from './fault.mjs'

/** Decoders that leave out exactly the pictures no other is made from, and give all others as they would have. */
const SKIPPING_CODECS = new Set(['h264', 'hevc'])

export class Source {
  /** Presentation times that are wanted; others are decoded only where a picture is made from them. null = all are wanted. */
  wanted = null
  /** Called for every packet of the video stream, in file order: (pts, isKey, duration, isDiscarded). */
  onPacket = null
  packets = 0
  discardedPackets = 0
  #format = null
  #decoder = null
  #packet = new Packet()
  #frame = new Frame()
  #isDraining = false
  #isSkipping = false
  #canSkip = false
  #limits

  constructor(path, demuxer, limits) {
    this.path = path
    this.#limits = limits
    this.#packet.alloc()
    this.#frame.alloc()
    try {
      this.#openContainer(path, demuxer)
      this.#openDecoder()
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** Next presented frame, or null at the end. The frame belongs to the source and is valid until the next call. */
  next() {
    for (;;) {
      this.#frame.unref()
      const got = this.#decoder.receiveFrameSync(this.#frame)
      if (got === 0) {
        this.#checkPixels(this.#frame.width, this.#frame.height)
        return this.#frame
      }
      if (got === AVERROR_EOF) return null
      if (got === AVERROR_ENOMEM) throw new MediaFault('limit_exceeded', 'Decoding needs more memory than the limit')
      if (got === AVERROR_EAGAIN && !this.#isDraining) this.#feed()
      else if (got !== AVERROR_EAGAIN && this.#isDraining && ++this.drainErrors > 64) return null
    }
  }

  drainErrors = 0

  /** Presentation time of a frame as FFmpeg settles it, in the stream's time base, or null. */
  ptsOf(frame) {
    const best = frame.bestEffortTimestamp
    const pts = best === AV_NOPTS_VALUE ? frame.pts : best
    return pts === AV_NOPTS_VALUE ? null : Number(pts)
  }

  /** Goes to the last key frame at or before `pts`. False when the container cannot. */
  seek(pts) {
    if (this.#format.seekFrameSync(this.video.index, BigInt(pts), AVSEEK_FLAG_BACKWARD) < 0) return false
    this.#decoder.flushBuffers()
    this.#isDraining = false
    return true
  }

  /** What the header says, plus what the first frame adds (its own SAR). */
  displayOf(frame) {
    const par = this.video.codecpar
    const turn = orientationOf(par.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX))
    const sar = usableSar(this.video.sampleAspectRatio, frame?.sampleAspectRatio ?? par.sampleAspectRatio)
    const codedWidth = frame?.width ?? par.width
    const codedHeight = frame?.height ?? par.height
    const size = displaySize(codedWidth, codedHeight, sar, turn.rotation)
    this.#checkPixels(size.width, size.height)
    return { ...size, codedWidth, codedHeight, sar, rotation: turn.rotation, turns: turn.turns }
  }

  /** Facts for the parent: codec, pixel format, audio, container. */
  facts() {
    const par = this.video.codecpar
    return {
      codec: avGetCodecName(par.codecId),
      pixelFormat: avGetPixFmtName(par.format) ?? '',
      container: this.#format.iformat?.name ?? '',
      hasAudio: this.#format.streams.some(
        (stream) => stream.codecpar.codecType === AVMEDIA_TYPE_AUDIO && stream.codecpar.codecId !== AV_CODEC_ID_NONE,
      ),
      /** Frames the header promises; 0 = it does not say. Only ever an estimate. */
      expectedFrames: this.#expectedFrames(),
    }
  }

  close() {
    this.#decoder?.freeContext()
    this.#decoder = null
    this.#format?.closeInputSync()
    this.#format = null
    this.#packet?.free()
    this.#frame?.free()
    this.#packet = null
    this.#frame = null
  }

  #expectedFrames() {
    const told = Number(this.video.nbFrames)
    if (told > 0) return told
    const rate = this.video.avgFrameRate
    const seconds = Number(this.#format.duration) / 1_000_000
    return rate.den > 0 && seconds > 0 ? Math.round((seconds * rate.num) / rate.den) : 0
  }

  #openContainer(path, demuxer) {
    const name = DEMUXERS[demuxer]
    const input = name ? InputFormat.findInputFormat(name) : null
    if (!input) throw new MediaFault('unsupported_media', 'The container is not on the allow-list')
    const format = new FormatContext()
    format.allocContext()
    this.#format = format
    const options = Dictionary.fromObject({ protocol_whitelist: 'file', format_whitelist: input.name, codec_whitelist: DECODER_WHITELIST })
    // "file:" keeps a name such as "concat:a|b" from being read as a protocol.
    const opened = format.openInputSync(`file:${path}`, input, options)
    if (opened < 0) throw new MediaFault('corrupt_media', `The container cannot be read: ${FFmpegError.strerror(opened)}`)
    if (!format.iformat?.name?.split(',').includes(name))
      throw new MediaFault('unsupported_media', 'The container is not on the allow-list')
    this.video = pickVideo(format)
    for (const stream of format.streams) if (stream.index !== this.video.index) stream.discard = AVDISCARD_ALL
    this.#checkPixels(this.video.codecpar.width, this.video.codecpar.height)
    const found = format.findStreamInfoSync(null)
    if (found < 0) throw new MediaFault('corrupt_media', `The streams cannot be read: ${FFmpegError.strerror(found)}`)
  }

  #openDecoder() {
    const par = this.video.codecpar
    const name = avGetCodecName(par.codecId) ?? 'unknown'
    if (!VIDEO_CODECS.has(name))
      throw new MediaFault('unsupported_media', `Video codec "${name}" is not on the allow-list`, { codec: name })
    this.#checkPixels(par.width, par.height)
    const codec = name === 'av1' ? (Codec.findDecoderByName('libdav1d') ?? Codec.findDecoder(par.codecId)) : Codec.findDecoder(par.codecId)
    if (!codec) throw new MediaFault('unsupported_media', `No decoder for "${name}"`, { codec: name })
    const decoder = new CodecContext()
    decoder.allocContext3(codec)
    this.#decoder = decoder
    decoder.parametersToContext(par)
    decoder.pktTimebase = this.video.timeBase
    decoder.threadCount = this.#limits.threads
    // Set one by one: handing `open2` a dictionary frees it twice in node-av 6.1 and the process dies at its end.
    decoder.setOption('max_pixels', this.#limits.maxPixels)
    decoder.setOption('codec_whitelist', DECODER_WHITELIST)
    const opened = decoder.open2Sync(codec, null)
    this.#canSkip = SKIPPING_CODECS.has(name)
    if (opened < 0) throw new MediaFault('corrupt_media', `The decoder refused the stream: ${FFmpegError.strerror(opened)}`)
  }

  #feed() {
    for (;;) {
      this.#packet.unref()
      const read = this.#format.readFrameSync(this.#packet)
      if (read === AVERROR_EAGAIN) continue
      if (read < 0) {
        this.#isDraining = true
        this.#decoder.sendPacketSync(null)
        return
      }
      if (this.#packet.streamIndex !== this.video.index) continue
      this.#note()
      if (this.#canSkip) this.#skipUnless(this.wanted === null || this.#isWanted())
      this.#decoder.sendPacketSync(this.#packet)
      return
    }
  }

  /** Without a time of its own a packet may be any picture. */
  #isWanted() {
    const { pts } = this.#packet
    return pts === AV_NOPTS_VALUE || this.wanted.has(Number(pts))
  }

  #skipUnless(isWanted) {
    if (this.#isSkipping === !isWanted) return
    this.#isSkipping = !isWanted
    this.#decoder.setOption('skip_frame', isWanted ? AVDISCARD_DEFAULT : AVDISCARD_NONREF)
  }

  #note() {
    const { flags, pts, duration } = this.#packet
    this.packets++
    const isDiscarded = (flags & AV_PKT_FLAG_DISCARD) !== 0
    if (isDiscarded) this.discardedPackets++
    if (this.onPacket && pts !== AV_NOPTS_VALUE) this.onPacket(Number(pts), (flags & AV_PKT_FLAG_KEY) !== 0, Number(duration), isDiscarded)
  }

  #checkPixels(width, height) {
    if (width * height <= this.#limits.maxPixels) return
    throw new MediaFault(
      'limit_exceeded',
      `A picture of ${width} x ${height} pixels is over the limit of ${this.#limits.maxPixels} pixels`,
      {
        width,
        height,
        maxPixels: this.#limits.maxPixels,
      },
    )
  }
}

function pickVideo(format) {
  const candidates = format.streams.filter(
    (stream) => stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) === 0,
  )
  const best = candidates.length > 0 ? format.findBestStream(AVMEDIA_TYPE_VIDEO) : -1
  const chosen = candidates.find((stream) => stream.index === best) ?? candidates[0]
  if (!chosen) throw new MediaFault('unsupported_media', 'The file has no video stream')
  return chosen
}
