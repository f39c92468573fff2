/**
 * First look at a file, before FFmpeg sees it: which container is it by its content (never by its name), and is all of it
 * there? Only the four container families of the allow-list pass. Pure reading of a few bytes; no decoding.
 */
import { type FileHandle, open } from 'node:fs/promises'
import { AppError } from '@/core/errors'

export type Container = 'mov' | 'matroska' | 'avi' | 'mpegts'

/** The type we serve the file with: by content, never by what an uploader said. */
export type MediaType = 'video/mp4' | 'video/webm' | 'video/x-matroska' | 'video/x-msvideo' | 'video/mp2t'
export type Sniffed = { readonly container: Container; readonly mediaType: MediaType }

const HEAD_BYTES = 4096
/** Boxes that may open an ISO base media file. `wide`, `free`, `skip` come before `mdat` in old QuickTime files. */
const FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'styp'])
const TS_PACKET_BYTES = 188

/** Throws AppError unsupported_media, corrupt_media (empty, cut off) or missing_file. */
export async function sniffMedia(path: string): Promise<Sniffed> {
  const file = await openMedia(path)
  try {
    const size = (await file.stat()).size
    if (size === 0) throw new AppError('corrupt_media', 'The file is empty.', { bytes: 0 })
    const head = await readAt(file, 0, HEAD_BYTES)
    const container = containerOf(head)
    if (container === null) throw new AppError('unsupported_media', `This is no video file we read: ${whatElse(head)}.`)
    if (container === 'mov') await checkBoxes(file, size)
    if (container === 'matroska') checkSegment(head, size)
    if (container === 'avi') checkRiff(head, size)
    return { container, mediaType: mediaTypeOf(container, head) }
  } finally {
    await file.close()
  }
}

function mediaTypeOf(container: Container, head: Buffer): MediaType {
  if (container === 'avi') return 'video/x-msvideo'
  if (container === 'mpegts') return 'video/mp2t'
  if (container === 'mov') return 'video/mp4'
  return head.subarray(0, 256).includes('webm') ? 'video/webm' : 'video/x-matroska'
}

async function openMedia(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r')
    if ((await file.stat()).isFile()) return file
    await file.close()
  } catch (cause) {
    throw new AppError('missing_file', 'The video file is not there or cannot be read.', {}, { cause })
  }
  throw new AppError('unsupported_media', 'The video is not an ordinary file.')
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** Container family by magic bytes, or null. */
export function containerOf(head: Buffer): Container | null {
  if (head.length >= 8 && FIRST_BOXES.has(head.toString('latin1', 4, 8))) return 'mov'
  if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) return isMatroska(head) ? 'matroska' : null
  if (head.length >= 12 && head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'AVI ') return 'avi'
  return isTransportStream(head) ? 'mpegts' : null
}

function isMatroska(head: Buffer): boolean {
  const start = head.subarray(0, 256).toString('latin1')
  return start.includes('webm') || start.includes('matroska')
}

function isTransportStream(head: Buffer): boolean {
  // 192-byte packets (Blu-ray) carry a 4-byte stamp before each sync byte.
  for (const [first, step] of [
    [0, TS_PACKET_BYTES],
    [4, TS_PACKET_BYTES + 4],
  ] as const) {
    let hits = 0
    for (let at = first; at < head.length; at += step) {
      if (head[at] !== 0x47) break
      hits++
    }
    if (hits >= 3 && first + hits * step >= Math.min(head.length, 8 * step)) return true
  }
  return false
}

/** Walks the top-level boxes: one that ends behind the end of the file means that the file was cut off. */
async function checkBoxes(file: FileHandle, size: number): Promise<void> {
  let at = 0
  let hasMovie = false
  let hasMedia = false
  for (let count = 0; at + 8 <= size && count < 100_000; count++) {
    const header = await readAt(file, at, 16)
    const type = header.toString('latin1', 4, 8)
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) break
    let length = header.readUInt32BE(0)
    if (length === 1 && header.length === 16) length = Number(header.readBigUInt64BE(8))
    if (length === 0) length = size - at
    if (length < 8) break
    hasMovie ||= type === 'moov'
    hasMedia ||= type === 'mdat'
    if (at + length > size) {
      throw new AppError(
        'corrupt_media',
        `The file is cut off: its part "${type}" should end at byte ${at + length}, the file has ${size}.`,
        {
          part: type,
          expectedBytes: at + length,
          bytes: size,
        },
      )
    }
    at += length
  }
  if (!hasMovie) throw new AppError('corrupt_media', 'The file is cut off or damaged: it has no movie header (moov).')
  if (!hasMedia) throw new AppError('corrupt_media', 'The file is damaged: it has a movie header but no media data (mdat).')
}

/** The Matroska segment tells its size unless it was written live. */
function checkSegment(head: Buffer, size: number): void {
  const ebml = readVint(head, 4)
  if (ebml === null || ebml.value === null) return
  const segmentAt = ebml.next + ebml.value
  if (segmentAt + 12 > head.length || head.readUInt32BE(segmentAt) !== 0x18538067) return
  const segment = readVint(head, segmentAt + 4)
  if (segment === null || segment.value === null) return
  if (segment.next + segment.value > size) throw cutOff(segment.next + segment.value, size)
}

/** EBML length: {value: null} = unknown (live). */
function readVint(head: Buffer, at: number): { value: number | null; next: number } | null {
  const first = head[at]
  if (first === undefined || first === 0) return null
  const length = Math.clz32(first) - 23
  if (at + length > head.length) return null
  let value = BigInt(first) & ((1n << BigInt(8 - length)) - 1n)
  for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(head[at + i] ?? 0)
  const isUnknown = value === (1n << BigInt(7 * length)) - 1n
  return { value: isUnknown ? null : Number(value), next: at + length }
}

function checkRiff(head: Buffer, size: number): void {
  const told = head.readUInt32LE(4)
  if (told > 0 && told < 0xffff_ff00 && told + 8 > size) throw cutOff(told + 8, size)
}

function cutOff(expectedBytes: number, bytes: number): AppError {
  return new AppError('corrupt_media', `The file is cut off: it should have ${expectedBytes} bytes, it has ${bytes}.`, {
    expectedBytes,
    bytes,
  })
}

/** What the file is instead, for the message. */
function whatElse(head: Buffer): string {
  const text = head.toString('latin1')
  if (text.startsWith('\x89PNG') || text.startsWith('\xff\xd8\xff') || text.startsWith('GIF8') || text.startsWith('RIFF'))
    return 'it is a picture or a sound'
  if (/^\s*#EXTM3U/.test(text) || /^\s*ffconcat/.test(text)) return 'it is a playlist, which names other files'
  if (text.startsWith('PK') || text.startsWith('\x1f\x8b')) return 'it is an archive'
  if (/^[\s\x20-\x7e]+$/.test(text)) return 'it is a text'
  return 'its first bytes belong to no format on the list (MP4/MOV, MKV/WebM, AVI, MPEG-TS)'
}
