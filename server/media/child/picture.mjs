/** Turns decoded frames into packed pixels with one FFmpeg filter graph per input shape. */
import { AVERROR_EAGAIN } from 'node-av/constants'
import { FFmpegError, Filter, FilterGraph, FilterInOut, Frame } from 'node-av/lib'
import { MediaFault } from './fault.mjs'

/**
 * Accurate, bit-exact scaling: the same pixels on every CPU, so a still's pixel hash means the same everywhere.
 */
const EXACT_FLAGS = 'bicubic+accurate_rnd+full_chroma_int+bitexact'

export class Picture {
  #filters
  #graph = null
  #source = null
  #sink = null
  #shape = ''
  #out = null

  /** `filters` = an FFmpeg filter chain ending in the wanted pixel format. */
  constructor(filters) {
    this.#filters = filters
    this.#out = new Frame()
    this.#out.alloc()
  }

  /** Full-size RGB in display orientation. */
  static rgb(display, flags = EXACT_FLAGS) {
    const { rotation, width, height } = display
    const [w, h] = rotation % 180 === 0 ? [width, height] : [height, width]
    return new Picture([`scale=${w}:${h}:flags=${flags}`, 'format=rgb24', ...display.turns].join(','))
  }

  /** `size` x `size` grey picture of the whole frame, turned like the still. */
  static gray(display, size) {
    return new Picture([`scale=${size}:${size}:flags=area`, 'format=gray', ...display.turns].join(','))
  }

  /** Packed pixels of `frame`: {data, width, height}. The buffer is ours. */
  render(frame) {
    const out = this.renderFrame(frame)
    const result = { data: out.toBuffer(), width: out.width, height: out.height }
    out.unref()
    return result
  }

  /** Packed RGB pixels to be sent away at once: valid until the next call, and not copied where the rows lie side by side. */
  renderToSend(frame) {
    return packed(this.renderFrame(frame))
  }

  /** Same, on a thread of its own, so that decoding goes on meanwhile. `frame` may go; nothing else may be asked until it is there. */
  async renderAside(frame) {
    this.#hand(frame)
    this.#checkGot(await this.#sink.buffersinkGetFrame(this.#out))
    return packed(this.#out)
  }

  /** Same, as a frame that is valid until the next call. */
  renderFrame(frame) {
    this.#hand(frame)
    this.#checkGot(this.#sink.buffersinkGetFrameSync(this.#out))
    return this.#out
  }

  #hand(frame) {
    this.#prepare(frame)
    this.#out.unref()
    check(this.#source.buffersrcAddFrameSync(frame, 8 /* keep our reference */), 'could not hand over the frame')
  }

  #checkGot(got) {
    if (got === AVERROR_EAGAIN) throw new MediaFault('corrupt_media', 'The picture filter gave no frame back')
    check(got, 'could not convert the frame')
  }

  close() {
    this.#graph?.free()
    this.#graph = null
    this.#out?.free()
    this.#out = null
  }

  #prepare(frame) {
    const shape = [frame.width, frame.height, frame.format, frame.colorSpace, frame.colorRange].join()
    if (shape === this.#shape) return
    this.#graph?.free()
    const graph = new FilterGraph()
    graph.alloc()
    graph.nbThreads = 1
    const source = graph.allocFilter(Filter.getByName('buffer'), 'in')
    check(
      source.buffersrcParametersSet({
        width: frame.width,
        height: frame.height,
        format: frame.format,
        timeBase: { num: 1, den: 1_000_000 },
        sampleAspectRatio: { num: 1, den: 1 },
        colorRange: frame.colorRange,
        colorSpace: frame.colorSpace,
      }),
      'unusable picture',
    )
    check(source.init(null), 'unusable picture')
    const sink = graph.createFilter(Filter.getByName('buffersink'), 'out', null)
    const outputs = new FilterInOut()
    outputs.alloc()
    Object.assign(outputs, { name: 'in', filterCtx: source, padIdx: 0 })
    const inputs = new FilterInOut()
    inputs.alloc()
    Object.assign(inputs, { name: 'out', filterCtx: sink, padIdx: 0 })
    check(graph.parsePtr(this.#filters, inputs, outputs), 'unusable picture size')
    check(graph.configSync(), 'unusable picture size')
    this.#graph = graph
    this.#source = source
    this.#sink = sink
    this.#shape = shape
  }
}

function packed(out) {
  const { width, height } = out
  const isPacked = out.linesize[0] === width * 3
  return { data: isPacked ? out.data[0].subarray(0, width * height * 3) : out.toBuffer(), width, height }
}

function check(code, what) {
  if (code < 0) throw new MediaFault('corrupt_media', `A frame could not be converted: ${what} (${FFmpegError.strerror(code)})`)
}
