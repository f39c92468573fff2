import type { ReactNode } from 'react'
import type { Verdict } from '@/core/records'

/**
 * A diamond at one frame. `filled` = a core frame, `hollow` = proposed, `other` = proposed by the method compared. `label` stands beside
 * it, `name` is what is read aloud.
 */
export type LaneMark = {
  readonly id: string
  readonly index: number
  readonly label: string
  readonly name: string
  readonly look: 'filled' | 'hollow' | 'other'
  readonly isCurrent: boolean
  readonly onPress: () => void
}

/** A bar over frames, both ends inclusive. */
export type LaneSpan = {
  readonly id: string
  readonly startIndex: number
  readonly endIndex: number
  readonly label: string
  readonly name: string
  readonly verdict: Verdict
  readonly isCurrent: boolean
  readonly onPress: () => void
}

/** `values` 0–1, each at a frame of the table. `legend` = what the curve and the marks of other lanes stand for. */
export type LaneCurve = {
  readonly label: string
  readonly legend: readonly { readonly label: string; readonly look: LaneMark['look'] }[]
  readonly values: readonly { readonly index: number; readonly value: number }[]
}

export type LaneContent =
  | { readonly kind: 'marks'; readonly marks: readonly LaneMark[] }
  | { readonly kind: 'spans'; readonly spans: readonly LaneSpan[] }
  | { readonly kind: 'curve'; readonly curve: LaneCurve | null }

/** One row of a timeline. `height` in pixels; `empty` is said where the lane holds nothing. */
export type Lane = LaneContent & {
  readonly id: string
  readonly label: string
  readonly icon?: ReactNode
  readonly height: number
  readonly empty?: string
}
