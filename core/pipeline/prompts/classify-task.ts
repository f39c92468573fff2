/** Stage `classify-task`: one of the 14 tasks (paper table 7; the meanings are in our words after its table 9). */
import { z } from 'zod'
import { TASKS, type TaskId } from '../../tasks'
import { FENCE_RULE } from './fence'
import { definePrompt } from './prompt'

const MEANINGS: Readonly<Record<TaskId, string>> = {
  causal_inference: 'why or how actions led to an outcome',
  contextual_interpretation: 'how setting or background explains an activity',
  event_process: 'how an event moves from one state to the next over time',
  interaction_dynamics: 'how the relation between two or more agents develops',
  behavior_profiling: 'what traits or habits somebody shows by actions',
  emotional_recognition: 'what somebody feels, how it changes and what it does',
  influence_tracing: 'how one person, thing or event changes what another goes through',
  role_identification: 'what function somebody has in the events',
  narrative_structuring: 'how the story develops between scenes',
  thematic_insight: 'what message or mood repeated cues prepare',
  situational_awareness: 'what the present state of affairs is, read from a sequence',
  cooking_steps: 'how a step of cooking is done and what it is for',
  ingredient_details: 'what an ingredient is and what it is for',
  traffic_analysis: 'vehicles, where they go, and causes on the road',
}

/** One of the 14 tasks (paper table 7). */
export const CLASSIFY_TASK = definePrompt({
  version: 1,
  system: ['You sort questions on videos into kinds of reasoning.', FENCE_RULE].join('\n'),
  user: [
    'This is the question with its answer.',
    '{{pair}}',
    'Choose the one kind of reasoning that fits best:',
    ...TASKS.map((task) => `${task.id} = ${MEANINGS[task.id]}`),
    'Give its name as it stands before the sign =, and the reason in one sentence.',
  ].join('\n'),
  slots: { pair: 'data' },
  answerSchema: z.strictObject({ task: z.enum(TASKS.map((task) => task.id)), reason: z.string().max(20_000) }),
})
