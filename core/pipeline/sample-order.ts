/**
 * Where drafts stand in lists and exports: by run, then by video, then by question, whichever worker was faster. Imported
 * samples count up from 1 and never come near; all numbers stay exact as JavaScript numbers.
 */

/** More questions of one video than this are not followed up: two samples must never share a place. */
export const PAIRS_PER_VIDEO = 2 ** 12
const PLACES_PER_RUN = 2 ** 30
const FIRST = 2 ** 40

/** Place of a video's tasks in their run. `position` = 0-based place of the video. */
export function videoPlace(position: number): number {
  return position * PAIRS_PER_VIDEO
}

/** Place of a pair's tasks. `position` = 0-based place of the pair, below `PAIRS_PER_VIDEO`. */
export function pairPlace(place: number, position: number): number {
  return place + position
}

/** The ordinal of a sample: run number from 1, place below 2³⁰. */
export function sampleOrdinal(runNumber: number, place: number): bigint {
  return BigInt(FIRST) + BigInt(runNumber) * BigInt(PLACES_PER_RUN) + BigInt(place)
}
