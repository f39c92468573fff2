/** Stage `write-qa`: question–answer pairs on a group of captions that need several frames (paper §3.2, fig. 7). */
import { z } from 'zod'
import { FENCE_RULE } from './fence'
import { definePrompt } from './prompt'

/** Questions that need several frames of a group (paper fig. 7). */
export const WRITE_QA = definePrompt({
  version: 1,
  system: ['You write questions on videos that test reasoning over several moments of a video.', FENCE_RULE].join('\n'),
  user: [
    'These are captions of moments of one video, in order of time. "frame" counts the frames of the video.',
    '{{captions}}',
    'Write up to {{count}} questions, each with its answer.',
    'Rules:',
    '1. A question needs at least two of the moments together: cause and effect, a change, an order, an intention that actions show.',
    '2. Question and answer rest on what the captions say can be seen. Nothing is invented.',
    '3. There is one right answer. No opinions, no open-ended questions, no yes-or-no questions.',
    '4. Speak of "the video". Never say frame, picture, image, caption or group, and give no frame numbers.',
    '5. The answer is one or two full sentences, and does not repeat the question.',
    '6. No two questions ask for the same thing. Fewer and better is right: if the captions allow none, give an empty list.',
  ].join('\n'),
  slots: { captions: 'data', count: 'number' },
  answerSchema: z.strictObject({
    pairs: z.array(z.strictObject({ question: z.string().max(20_000), answer: z.string().max(20_000) })).max(40),
  }),
})
