/** Stage `write-options`: wrong answers that look like the right one (paper §4: three, balanced in length). */
import { z } from 'zod'
import { FENCE_RULE } from './fence'
import { definePrompt } from './prompt'

/** Wrong answers of about the length of the right one. */
export const WRITE_DISTRACTORS = definePrompt({
  version: 1,
  system: ['You write wrong answers for multiple-choice questions on videos.', FENCE_RULE].join('\n'),
  user: [
    'These are captions of moments of one video, in order of time.',
    '{{captions}}',
    'This is the question with its right answer.',
    '{{pair}}',
    'Write {{count}} wrong answers.',
    'Each is plausible for somebody who has not watched the video, and wrong for certain for somebody who has.',
    'Each has about as many characters as the right answer, its form and its tone. Each is wrong in another way.',
    'No "all of the above", no "cannot be known", no letters or numbers in front.',
  ].join('\n'),
  slots: { captions: 'data', pair: 'data', count: 'number' },
  answerSchema: z.strictObject({ distractors: z.array(z.string().max(20_000)).max(20) }),
})
