/** Captions from one look at each whole picture: for videos that no run has captioned. No model writes, and nothing is looked at again. */
import type { Size } from '../geometry'
import type { SampledFrame } from '../pipeline/outputs'
import { describeFrames } from '../pipeline/template/frame-facts'
import { BIG_SHARE } from '../pipeline/template/looks'
import type { Look } from './look'

/** Who wrote these captions, as screens say it. */
export const LOOK_CAPTIONER = 'one look of the embedded detector'
/** Weaker detections are noise even as a trace of something. */
const MIN_SCORE = 0.25
/** No look from further back confirms a large box, so more is asked of it: edge to edge the detector sees boats in empty pictures. */
const LARGE_SCORE = 0.6

/**
 * One caption a frame, in their order: what the embedded captioner would say after the first of its looks. It looks closer (parts of
 * the picture, a moment later), so it names small things and movements that are missing here. Nothing is followed over more than
 * 1.25 s, so on frames that lie further apart only what is clear by itself is said. `facts` are null: the looks say more.
 *
 * @param view size of the pictures in pixels
 */
export function captionsOfLooks(
  frames: readonly SampledFrame[],
  looks: readonly Look[],
  view: Size,
): { readonly text: string; readonly facts: null }[] {
  const large = BIG_SHARE * view.width * view.height
  const raw = frames.map(({ index, timeSec }, at) => {
    const seen = (looks[at]?.seen ?? []).filter(({ score, rect }) => score >= (rect.w * rect.h > large ? LARGE_SCORE : MIN_SCORE))
    return { frameIndex: index, timeSec, shot: 0, seen, soon: null }
  })
  return describeFrames(raw, view).map(({ text }) => ({ text, facts: null }))
}
