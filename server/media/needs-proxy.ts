import type { MediaIndex } from './media-index'

/** Chromium's own decoders: 8-bit 4:2:0 H.264, VP8, VP9 profile 0, AV1 main. Other variants play on some machines only. */
const PLAYABLE_FORMATS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['h264', new Set(['yuv420p', 'yuvj420p'])],
  ['vp8', new Set(['yuv420p'])],
  ['vp9', new Set(['yuv420p'])],
  ['av1', new Set(['yuv420p', 'yuv420p10le'])],
])

/**
 * Whether browsers need an H.264 copy: the container is none they open reliably (MKV, AVI, MPEG-TS), the codec is none they
 * decode, or an edit list cuts pictures away, which players honour differently, so that the picture on screen would not
 * be the frame of the table.
 */
export function needsProxy(index: Pick<MediaIndex, 'mediaType' | 'codec' | 'pixelFormat' | 'discardedPackets'>): boolean {
  const isPlayableContainer = index.mediaType === 'video/mp4' || index.mediaType === 'video/webm'
  const isPlayableCodec = PLAYABLE_FORMATS.get(index.codec)?.has(index.pixelFormat) ?? false
  return !isPlayableContainer || !isPlayableCodec || index.discardedPackets > 0
}
