/**
 * A checksum of decoded pixels before any conversion. Taken once while the frame table is built by decoding from the start,
 * and again whenever a frame was reached by seeking: equal means the seek led to the very same picture.
 */
import { crc32 } from 'node:zlib'
import { avGetPixFmtName } from 'node-av/lib'

/** Every 8th row: an 8-row transform block cannot differ unseen, and it costs a tenth of decoding at most. */
const ROW_STEP = 8

/** format name → [chroma width divisor, bytes per sample] */
const PLANAR = new Map([
  ['yuv420p', [2, 1]],
  ['yuvj420p', [2, 1]],
  ['yuv422p', [2, 1]],
  ['yuvj422p', [2, 1]],
  ['yuv444p', [1, 1]],
  ['yuvj444p', [1, 1]],
  ['yuv420p10le', [2, 2]],
  ['yuv422p10le', [2, 2]],
  ['yuv444p10le', [1, 2]],
])

let lastFormat = -1
let lastShape

export function checksumOf(frame) {
  if (frame.format !== lastFormat) {
    lastFormat = frame.format
    lastShape = PLANAR.get(avGetPixFmtName(lastFormat) ?? '')
  }
  if (!lastShape) return crc32(frame.toBuffer())
  const [divisor, bytes] = lastShape
  const planes = frame.data
  const strides = frame.linesize
  let sum = 0
  for (let p = 0; p < 3; p++) {
    const plane = planes[p]
    const stride = strides[p]
    const rowBytes = (p === 0 ? frame.width : Math.ceil(frame.width / divisor)) * bytes
    for (let at = 0; at + rowBytes <= plane.length; at += stride * ROW_STEP) sum = crc32(plane.subarray(at, at + rowBytes), sum)
  }
  return sum
}
