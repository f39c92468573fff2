/**
 * What the file name of a core frame says about its place in the video. Names of the released files: `480.jpg` (index in
 * the native stream, whatever the sampling rate), `000027_keyframe_1-38-11-958.jpg` (time in the source film, which a clip
 * cannot be placed by). Others name a time of the clip itself.
 */

export type FrameStem =
  | { readonly kind: 'index'; readonly index: number }
  /** Seconds from the start of this clip. */
  | { readonly kind: 'time'; readonly timeSec: number }
  /** Seconds in the film the clip was cut from: says nothing about the clip by itself. */
  | { readonly kind: 'film-time'; readonly timeSec: number }
  | { readonly kind: 'unknown' }

const UNKNOWN: FrameStem = { kind: 'unknown' }

/** `a/b/480.jpg` → `480`. Both kinds of slashes count. */
export function stemOf(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? ''
  return name.replace(/\.(?:jpe?g|png|webp|bmp|gif|avif|tiff?)$/i, '')
}

function secondsOf(hours: string | undefined, minutes: string | undefined, sec: string | undefined, fraction: string | undefined): number {
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(sec ?? 0) + Number(`0.${fraction ?? '0'}`)
}

/** Reads the file name at the end of a path; folders and extension do not matter. */
export function readFrameStem(path: string): FrameStem {
  const stem = stemOf(path)
  const film = /_keyframe_(\d{1,3})-(\d{1,2})-(\d{1,2})-(\d{1,3})$/i.exec(stem)
  if (film !== null) return { kind: 'film-time', timeSec: secondsOf(film[1], film[2], film[3], film[4]?.padStart(3, '0')) }
  const index = /^(?:(?:frame|img|image)[_-]?)?(\d{1,9})$/i.exec(stem)
  if (index?.[1] !== undefined) return { kind: 'index', index: Number(index[1]) }
  const clock = /^(?:t[_-]?)?(\d{1,2})[-_:h](\d{1,2})[-_:m](\d{1,2})(?:[-_.](\d{1,3}))?s?$/i.exec(stem)
  if (clock !== null) return { kind: 'time', timeSec: secondsOf(clock[1], clock[2], clock[3], clock[4]) }
  const plain = /^(?:t[_-]?)?(\d{1,6})(?:\.(\d{1,6}))?s(?:ec)?$/i.exec(stem) ?? /^t?[_-]?(\d{1,6})\.(\d{1,6})$/i.exec(stem)
  if (plain !== null) return { kind: 'time', timeSec: secondsOf('0', '0', plain[1], plain[2]) }
  return UNKNOWN
}
