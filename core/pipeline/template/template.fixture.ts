/** Small scenes for the tests of the template writer: a view of 600 × 300 pixels. */
import { frameIndexSchema } from '../../ids'
import type { Sighting } from '../facts'
import type { Caption, QaPair } from '../outputs'
import type { WrittenPair } from './candidate'
import type { RawFrame, Seen } from './raw-frame'

export const VIEW = { width: 600, height: 300 }

/** A box of 60 × 30 with its centre at (x, y). */
export function boxAt(x: number, y: number, w = 60, h = 30) {
  return { x: x - w / 2, y: y - h / 2, w, h }
}

export function seenAt(label: string, x: number, y: number, more: Partial<Seen> = {}): Seen {
  return { label, score: 0.8, rect: boxAt(x, y), colour: null, ...more }
}

/** Sampled at `timeSec`; `frameIndex` is ten a second. */
export function rawAt(timeSec: number, seen: readonly Seen[], soon: readonly Seen[] | null = null, shot = 0): RawFrame {
  const frameIndex = frameIndexSchema.parse(Math.round(timeSec * 10))
  return { frameIndex, timeSec, shot, seen, soon: soon === null ? null : { timeSec: timeSec + 0.2, seen: soon } }
}

/** One thing that moves at a steady pace, sampled `count` times at `stepSec`, with the frame a fifth of a second later. */
export function drive(label: string, from: { x: number; y: number }, pace: number, count: number, stepSec = 0.5, more: Partial<Seen> = {}) {
  return Array.from({ length: count }, (_, place) => {
    const x = from.x + pace * stepSec * place
    return rawAt(place * stepSec, [seenAt(label, x, from.y, more)], [seenAt(label, x + pace * 0.2, from.y, more)])
  })
}

export function sightingAt(label: string, x: number, y: number, more: Partial<Sighting> = {}): Sighting {
  return { label, score: 0.8, rect: boxAt(x, y), track: null, colour: null, place: '', motion: null, ...more }
}

/** A caption with facts at a time; text says nothing of them. */
export function captionAt(timeSec: number, sightings: readonly Sighting[], shot = 0): Caption {
  const frameIndex = frameIndexSchema.parse(Math.round(timeSec * 10))
  return { frameIndex, text: `Caption of ${timeSec}.`, facts: { frameIndex, timeSec, shot, sightings: [...sightings] } }
}

/** A blue car that drives from left to right in five half seconds, 80 pixels each. */
export function blueCar(more: Partial<Sighting> = {}): Caption[] {
  return [100, 180, 260, 340, 420].map((x, place) =>
    captionAt(place / 2, [
      sightingAt('car', x, 150, {
        track: 1,
        colour: 'blue',
        motion: 'right',
        place: x < 200 ? 'left' : x > 400 ? 'right' : 'centre',
        ...more,
      }),
    ]),
  )
}

export function pairOf(written: WrittenPair): QaPair {
  return { ...written, key: 'k', group: 0 }
}
