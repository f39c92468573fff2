/** Stage `name-objects`: the things in the core frames that the evidence needs (paper §3.3, step 2). */
import { z } from 'zod'
import { FENCE_RULE } from './fence'
import { definePrompt } from './prompt'

/** The key items of the core captions (paper §3.2, second step). */
export const NAME_OBJECTS = definePrompt({
  version: 1,
  system: ['You name the things in a video that an answer rests on, so that a detector can find them.', FENCE_RULE].join('\n'),
  user: [
    'These are captions of the moments that matter, in order of time.',
    '{{frames}}',
    'This is the question with its answer.',
    '{{pair}}',
    'Name the key objects: people and things that can be seen in these moments and that the answer needs.',
    'Each is a short noun phrase of one to six words that tells it from others of its kind, such as "woman in a red coat".',
    'No actions, no places, no feelings, no words such as "scene" or "background". Each thing once. From one to eight.',
  ].join('\n'),
  slots: { frames: 'data', pair: 'data' },
  answerSchema: z.strictObject({ objects: z.array(z.strictObject({ phrase: z.string().max(2000) })).max(40) }),
})
