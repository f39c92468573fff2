/**
 * What the embedded captioner saw, kept beside its captions, so that the template writer speaks of tracked facts only and
 * never of words it made up. Rectangles in pixels of the still (display orientation), scores 0–1.
 */
import { z } from 'zod'
import { frameIndexSchema } from '../ids'
import { rectSchema } from '../records'

/** One detection on one frame. `track` = identity over frames of the video; null = seen once, or not followed with certainty. */
export const sightingSchema = z.strictObject({
  label: z.string().min(1).max(64),
  score: z.number().min(0).max(1),
  rect: rectSchema,
  track: z.int().min(0).nullable(),
  /** A colour name, only where it is reliable. */
  colour: z.string().max(32).nullable(),
  /** Place in a 3 × 3 grid: `left`, `top left`, `centre` … */
  place: z.string().max(32),
  /** Direction of movement on this frame's tracklet: `left`, `right`, `towards the camera` …, null = none that is certain. */
  motion: z.string().max(32).nullable(),
})
export type Sighting = z.infer<typeof sightingSchema>

/** All that was seen on one sampled frame. `feature` is not kept: only detections are. */
export const frameFactsSchema = z.strictObject({
  frameIndex: frameIndexSchema,
  timeSec: z.number(),
  shot: z.int().min(0),
  sightings: z.array(sightingSchema).max(200),
})
export type FrameFacts = z.infer<typeof frameFactsSchema>
