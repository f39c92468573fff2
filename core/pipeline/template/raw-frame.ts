/** What the detector gave for a sampled frame, before anything is followed or said. Times in seconds, pixels of the still. */
import type { FrameIndex } from '../../ids'
import type { Rect } from '../../records'

/** One detection; `colour` only where it is clear (`colour.ts`). */
export type Seen = { readonly label: string; readonly score: number; readonly rect: Rect; readonly colour: string | null }

/** All detections at one time. */
export type Moment = { readonly timeSec: number; readonly seen: readonly Seen[] }

/**
 * One sampled frame. `soon` = a frame a fifth of a second later, where nothing has gone far: what motion is measured on.
 * null at the end of a shot, or where no such frame could be had.
 */
export type RawFrame = Moment & { readonly frameIndex: FrameIndex; readonly shot: number; readonly soon: Moment | null }

/** Pixels a second. */
export type Velocity = { readonly x: number; readonly y: number }

/** The rectangle after so many seconds at a velocity; a null velocity leaves it in place. */
export function moved(rect: Rect, velocity: Velocity | null, seconds: number): Rect {
  return { ...rect, x: rect.x + (velocity?.x ?? 0) * seconds, y: rect.y + (velocity?.y ?? 0) * seconds }
}

/** Larger area over smaller area, 1 and up; infinite when one of them is empty. */
export function sizeRatio(a: Rect, b: Rect): number {
  const [small, large] = [Math.min(a.w * a.h, b.w * b.h), Math.max(a.w * a.h, b.w * b.h)]
  return small > 0 ? large / small : Number.POSITIVE_INFINITY
}
