/** Stage `filter-qa`: a second model says whether a pair is good, and which rule it breaks (paper §3.2, fig. 8). */
import { z } from 'zod'
import { criterionSchema } from '../outputs'
import { FENCE_RULE } from './fence'
import { definePrompt } from './prompt'

/** Keeps or rejects a pair, with the criterion it violates (paper fig. 8). */
export const JUDGE = definePrompt({
  version: 1,
  system: ['You check questions and answers on videos that somebody else wrote. You are strict and you give reasons.', FENCE_RULE].join(
    '\n',
  ),
  user: [
    'These are captions of moments of one video, in order of time. "frame" counts the frames of the video.',
    '{{captions}}',
    'This is the pair to judge.',
    '{{pair}}',
    'Reject it when one of these is true, and name the first that is:',
    'malformed = no real question, or no real answer, or it speaks of frames, pictures or captions',
    'not_observable = question or answer rests on something that the captions do not say can be seen',
    'subjective = a matter of taste or opinion, or several different answers would be right',
    'single_frame = one moment alone is enough to answer',
    'inconsistent = it contradicts the captions, or the order of the events',
    'not_answerable = the captions do not lead to this answer',
    'trivial = it can be answered without the video',
    'Otherwise keep it, with criterion null. Give the reason in one or two sentences, in your own words.',
  ].join('\n'),
  slots: { captions: 'data', pair: 'data' },
  answerSchema: z.strictObject({
    verdict: z.enum(['keep', 'reject']),
    criterion: criterionSchema.nullable(),
    reason: z.string().max(20_000),
  }),
})
