/**
 * Exact time. A moment is `(pts, time base)`; seconds as floats are for showing and seeking only and are never compared
 * for identity (invariant 1). Where a product could leave the safe integers, BigInt takes over.
 */

/** `[numerator, denominator]` of a tick in seconds (the inferred `Rational` of frame-table.ts). */
export type TimeBase = readonly [number, number]

/** A moment of a video: `pts` ticks of `timeBase[0] / timeBase[1]` seconds. */
export type Moment = { readonly pts: number; readonly timeBase: TimeBase }

/** Both ends inclusive, in pts of the video. */
export type Span = { readonly startPts: number; readonly endPts: number }

/** Presentation time in seconds: the double nearest to pts·n/d while pts·n is a safe integer, within an ulp beyond. */
export function ptsToSeconds(pts: number, timeBase: TimeBase): number {
  const [numerator, denominator] = timeBase
  const product = pts * numerator
  if (Number.isSafeInteger(product)) return product / denominator
  const exact = BigInt(pts) * BigInt(numerator)
  const divisor = BigInt(denominator)
  return Number(exact / divisor) + Number(exact % divisor) / denominator
}

/** The tick nearest to a time in seconds (halves go up). Inverse of `ptsToSeconds` for every pts below 2^50. */
export function secondsToPts(sec: number, timeBase: TimeBase): number {
  const pts = Math.round((sec * timeBase[1]) / timeBase[0])
  return pts === 0 ? 0 : pts
}

/** Negative when a is earlier, 0 when both are the same instant, positive when later. Exact over different time bases. */
export function compareTimes(a: Moment, b: Moment): number {
  const left = BigInt(a.pts) * BigInt(a.timeBase[0]) * BigInt(b.timeBase[1])
  const right = BigInt(b.pts) * BigInt(b.timeBase[0]) * BigInt(a.timeBase[1])
  return left < right ? -1 : left > right ? 1 : 0
}

/** Whether a frame's pts lies in a span, ends included. */
export function frameSpanContains(span: Span, pts: number): boolean {
  return pts >= span.startPts && pts <= span.endPts
}

/** `9.576` → `0:09.576`, `3723.004` → `1:02:03.004`, `-1` → `-0:01.000`; not a finite number → `–`. */
export function formatTimecode(sec: number): string {
  if (!Number.isFinite(sec)) return '–'
  const totalMs = Math.round(Math.abs(sec) * 1000)
  const ms = totalMs % 1000
  const totalSec = (totalMs - ms) / 1000
  const hours = Math.floor(totalSec / 3600)
  const minutes = Math.floor(totalSec / 60) % 60
  const pad = (value: number, width: number) => String(value).padStart(width, '0')
  const clock = hours > 0 ? `${hours}:${pad(minutes, 2)}` : String(minutes)
  return `${sec < 0 && totalMs > 0 ? '-' : ''}${clock}:${pad(totalSec % 60, 2)}.${pad(ms, 3)}`
}
