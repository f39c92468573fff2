/** Stage `pick-core-frames`: the captions that the answer rests on, in the writer's own words (paper §3.3, step 1). */
import { z } from 'zod'
import { FENCE_RULE } from './fence'
import { definePrompt } from './prompt'

/** The captions a question rests on (paper §3.2, first step). */
export const PICK_CORE_FRAMES = definePrompt({
  version: 1,
  system: ['You find the moments of a video that a question and its answer rest on.', FENCE_RULE].join('\n'),
  user: [
    'These are captions of moments of one video, in order of time. "frame" names the moment.',
    '{{captions}}',
    'This is the question with its answer.',
    '{{pair}}',
    'Choose from {{min}} to {{max}} moments: the fewest that together are enough to reach the answer, in order of time, no two alike.',
    'For each, give its "frame" as it stands above, and a caption of your own that says what in this moment matters for the answer.',
    'Keep to what its caption says. If you cannot tell which frame you mean, give null as "frame".',
  ].join('\n'),
  slots: { captions: 'data', pair: 'data', min: 'number', max: 'number' },
  answerSchema: z.strictObject({
    frames: z.array(z.strictObject({ frame: z.int().min(0).max(100_000_000).nullable(), caption: z.string().max(20_000) })).max(32),
  }),
})
