/** The measure of all things: FFmpeg decoding a file from start to end, nothing done with the frames. */
import { AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants'
import { Codec, CodecContext, FormatContext, Frame, Packet } from 'node-av/lib'

/** Number of frames of the first video stream. Blocks while it runs, as a program of its own would. */
export function rawDecode(path: string, threads: number): number {
  const format = new FormatContext()
  format.allocContext()
  if (format.openInputSync(path) < 0 || format.findStreamInfoSync(null) < 0) throw new Error('cannot open')
  const stream = format.streams.find((candidate) => candidate.codecpar.width > 0)
  const codec = stream === undefined ? null : Codec.findDecoder(stream.codecpar.codecId)
  if (stream === undefined || codec === null) throw new Error('no video')
  const decoder = new CodecContext()
  decoder.allocContext3(codec)
  decoder.parametersToContext(stream.codecpar)
  decoder.threadCount = threads
  decoder.open2Sync(codec, null)
  const packet = new Packet()
  packet.alloc()
  const frame = new Frame()
  frame.alloc()
  let frames = 0
  for (let answer = 0; answer !== AVERROR_EOF; ) {
    answer = decoder.receiveFrameSync(frame)
    if (answer === 0) frames++
    if (answer !== AVERROR_EAGAIN) continue
    const isEnd = format.readFrameSync(packet) < 0
    if (isEnd || packet.streamIndex === stream.index) decoder.sendPacketSync(isEnd ? null : packet)
    packet.unref()
  }
  packet.free()
  frame.free()
  decoder.freeContext()
  format.closeInputSync()
  return frames
}
