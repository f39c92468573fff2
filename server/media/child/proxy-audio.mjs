/** The sound of a proxy: decoded, brought to 48 kHz stereo and encoded as AAC, in step with the pictures. */
import {
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_NOPTS_VALUE,
  AV_SAMPLE_FMT_FLTP,
  AVDISCARD_ALL,
  AVERROR_EAGAIN,
  AVMEDIA_TYPE_AUDIO,
} from 'node-av/constants'
import {
  avChannelLayoutDefault,
  avGetSampleFmtName,
  Codec,
  CodecContext,
  Dictionary,
  Filter,
  FilterGraph,
  FilterInOut,
  FormatContext,
  Frame,
  InputFormat,
  Packet,
} from 'node-av/lib'
import { DECODER_WHITELIST, DEMUXERS } from './allow.mjs'

const RATE = 48_000
const FRAME_SAMPLES = 1024

export class ProxyAudio {
  #format = new FormatContext()
  #audio
  #decoder = new CodecContext()
  #encoder = new CodecContext()
  #packet = new Packet()
  #frame = new Frame()
  #filtered = new Frame()
  #graph = null
  #source = null
  #sink = null
  #output = null
  #stream = null
  #startSec = 0
  /** Samples handed to the encoder so far; null until the first one fixed the start. */
  #samples = null
  #isDone = false

  /** null when the file has no sound we read. */
  static open({ path, demuxer }) {
    const audio = new ProxyAudio()
    return audio.#open(path, demuxer) ? audio : null
  }

  #open(path, demuxer) {
    this.#packet.alloc()
    this.#frame.alloc()
    this.#filtered.alloc()
    this.#format.allocContext()
    const input = InputFormat.findInputFormat(DEMUXERS[demuxer])
    const options = Dictionary.fromObject({ protocol_whitelist: 'file', format_whitelist: input.name, codec_whitelist: DECODER_WHITELIST })
    if (this.#format.openInputSync(`file:${path}`, input, options) < 0) return false
    if (this.#format.findStreamInfoSync(null) < 0) return false
    const index = this.#format.findBestStream(AVMEDIA_TYPE_AUDIO)
    this.#audio = this.#format.streams.find((stream) => stream.index === index)
    if (!this.#audio) return false
    for (const stream of this.#format.streams) if (stream.index !== index) stream.discard = AVDISCARD_ALL
    const codec = Codec.findDecoder(this.#audio.codecpar.codecId)
    if (!codec) return false
    this.#decoder.allocContext3(codec)
    this.#decoder.parametersToContext(this.#audio.codecpar)
    this.#decoder.pktTimebase = this.#audio.timeBase
    this.#decoder.setOption('codec_whitelist', DECODER_WHITELIST)
    if (this.#decoder.open2Sync(codec, null) < 0) return false
    const aac = Codec.findEncoderByName('aac')
    this.#encoder.allocContext3(aac)
    Object.assign(this.#encoder, {
      sampleRate: RATE,
      sampleFormat: AV_SAMPLE_FMT_FLTP,
      channelLayout: avChannelLayoutDefault(2),
      timeBase: { num: 1, den: RATE },
      bitRate: 128_000n,
    })
    this.#encoder.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
    return this.#encoder.open2Sync(aac, null) >= 0
  }

  attach(output) {
    this.#output = output
    this.#stream = output.newStream(null)
    this.#stream.codecpar.fromContext(this.#encoder)
    this.#stream.timeBase = { num: 1, den: RATE }
  }

  /** Time of the first picture in the source: the proxy's zero. */
  startAt(sec) {
    this.#startSec = sec
  }

  /** Writes the sound up to `sec` of the proxy. */
  writeUntil(sec) {
    while (!this.#isDone && (this.#samples ?? 0) / RATE <= sec) this.#step()
  }

  close() {
    this.#graph?.free()
    this.#decoder.freeContext()
    this.#encoder.freeContext()
    this.#format.closeInputSync()
    this.#packet.free()
    this.#frame.free()
    this.#filtered.free()
  }

  #step() {
    this.#packet.unref()
    const read = this.#format.readFrameSync(this.#packet)
    if (read === AVERROR_EAGAIN) return
    if (read >= 0 && this.#packet.streamIndex !== this.#audio.index) return
    this.#decoder.sendPacketSync(read < 0 ? null : this.#packet)
    for (;;) {
      this.#frame.unref()
      if (this.#decoder.receiveFrameSync(this.#frame) !== 0) break
      this.#filter(this.#frame)
    }
    if (read < 0) this.#end()
  }

  #end() {
    this.#isDone = true
    if (!this.#graph) return
    this.#source.buffersrcAddFrameSync(null)
    this.#encodeFiltered()
    this.#encoder.sendFrameSync(null)
    this.#writePackets()
  }

  #filter(frame) {
    if (!this.#graph) {
      const at = frame.pts === AV_NOPTS_VALUE ? frame.bestEffortTimestamp : frame.pts
      const { num, den } = this.#audio.timeBase
      const startSec = at === AV_NOPTS_VALUE ? 0 : (Number(at) * num) / den - this.#startSec
      // Sound from before the first picture is dropped; no negative times reach the muxer, which would shift the pictures.
      if (startSec + frame.nbSamples / frame.sampleRate <= 0) return
      this.#samples = Math.max(0, Math.round(startSec * RATE))
      this.#openGraph(frame)
    }
    this.#source.buffersrcAddFrameSync(frame, 8)
    this.#encodeFiltered()
  }

  #encodeFiltered() {
    while (this.#sink.buffersinkGetFrameSync(this.#filtered) >= 0) {
      this.#filtered.pts = BigInt(this.#samples)
      this.#samples += this.#filtered.nbSamples
      this.#encoder.sendFrameSync(this.#filtered)
      this.#filtered.unref()
      this.#writePackets()
    }
  }

  #writePackets() {
    for (;;) {
      const packet = new Packet()
      packet.alloc()
      if (this.#encoder.receivePacketSync(packet) === 0) {
        packet.streamIndex = this.#stream.index
        packet.rescaleTs({ num: 1, den: RATE }, this.#stream.timeBase)
        this.#output.interleavedWriteFrameSync(packet)
        packet.free()
        continue
      }
      packet.free()
      return
    }
  }

  #openGraph(frame) {
    const graph = new FilterGraph()
    graph.alloc()
    const { mask, nbChannels } = frame.channelLayout
    const args = [
      `time_base=1/${frame.sampleRate}`,
      `sample_rate=${frame.sampleRate}`,
      `sample_fmt=${avGetSampleFmtName(frame.format)}`,
      `channel_layout=${mask ? `0x${mask.toString(16)}` : `${nbChannels}c`}`,
    ].join(':')
    this.#source = graph.createFilter(Filter.getByName('abuffer'), 'in', args)
    this.#sink = graph.createFilter(Filter.getByName('abuffersink'), 'out', null)
    const outputs = FilterInOut.createList([{ name: 'in', filterCtx: this.#source, padIdx: 0 }])
    const inputs = FilterInOut.createList([{ name: 'out', filterCtx: this.#sink, padIdx: 0 }])
    const chain = `aresample=${RATE},aformat=sample_fmts=fltp:channel_layouts=stereo,asetnsamples=n=${FRAME_SAMPLES}:p=0`
    if (graph.parsePtr(chain, inputs, outputs) < 0 || graph.configSync() < 0) throw new Error('audio filter')
    this.#graph = graph
  }
}
