/** Stage `write-evidence`: the chain of sentences that leads to the answer, naming objects and frames (paper §3.3, step 3). */
import { z } from 'zod'
import { FENCE_RULE } from './fence'
import { definePrompt } from './prompt'

/** The chain of evidence with its objects marked (paper §3.2, third step). */
export const WRITE_EVIDENCE = definePrompt({
  version: 1,
  system: ['You write the evidence that leads from what a video shows to the answer of a question.', FENCE_RULE].join('\n'),
  user: [
    'These are the moments that matter, in order of time. "position" names a moment.',
    '{{frames}}',
    'These are the key objects. "position" names an object.',
    '{{objects}}',
    'This is the question with its answer.',
    '{{pair}}',
    'Write the evidence as one to six steps in order, each one sentence.',
    'A step says what can be seen and what follows from it. It does not simply repeat the answer.',
    'Where a step names a key object, write [[n|words]] with its position and the words as they fit the sentence, such as "[[0|The man]] lifts [[2|the box]]".',
    'Mention each object that you use in this way, and no other. Give with each step the positions of the moments in which it can be seen.',
  ].join('\n'),
  slots: { frames: 'data', objects: 'data', pair: 'data' },
  answerSchema: z.strictObject({
    steps: z.array(z.strictObject({ sentence: z.string().max(20_000), frames: z.array(z.int().min(0).max(64)).max(64) })).max(40),
  }),
})
