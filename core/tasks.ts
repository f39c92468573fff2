/** The 14 tasks of VideoEspresso in their 4 groups (paper table 7; leaderboard names as in the released JSON files). */

export const TASK_GROUPS = ['Logical Reasoning', 'Social Understanding', 'Discourse Comprehension', 'Reality Application'] as const
export type TaskGroup = (typeof TASK_GROUPS)[number]

const [LOGIC, SOCIAL, DISCOURSE, REALITY] = TASK_GROUPS

/** `paperName` as in the paper's table 7, `leaderboardName` as written in benchmark files, `aliases` = other spellings met. */
export const TASKS = [
  task('causal_inference', LOGIC, 'Causal Inference', 'Causal Analysis', ['Causal']),
  task('contextual_interpretation', LOGIC, 'Contextual Interpretation', 'Contextual Analysis', ['Conte.', 'Context', 'Contextual']),
  task('event_process', LOGIC, 'Event Process', 'Event Dynamic', ['Event', 'Event Dynamics', 'Event Analysis']),
  task('interaction_dynamics', SOCIAL, 'Interaction Dynamics', 'Interaction Analysis', ['Inter.', 'Interaction']),
  task('behavior_profiling', SOCIAL, 'Behavior Profiling', 'Behavior Analysis', [
    'Behav.',
    'Behavior',
    'Behaviour Profiling',
    'Behaviour Analysis',
  ]),
  task('emotional_recognition', SOCIAL, 'Emotional Recognition', 'Emotion Analysis', [
    'Emoti.',
    'Emotion',
    'Emotion Recognition',
    'Emotional Analysis',
  ]),
  task('influence_tracing', SOCIAL, 'Influence Tracing', 'Influence Analysis', ['Influ.', 'Influence']),
  task('role_identification', DISCOURSE, 'Role Identification', 'Role Analysis', ['Role']),
  task('narrative_structuring', DISCOURSE, 'Narrative Structuring', 'Narrative Analysis', ['Narra.', 'Narrative']),
  task('thematic_insight', DISCOURSE, 'Thematic Insight', 'Theme Analysis', ['Theme', 'Thematic Analysis']),
  task('situational_awareness', DISCOURSE, 'Situational Awareness', 'Situation Analysis', ['Situa.', 'Situation', 'Situational Analysis']),
  task('cooking_steps', REALITY, 'Cooking Steps', 'Cooking Process', ['Cook.', 'Cooking', 'Cooking Analysis']),
  task('ingredient_details', REALITY, 'Ingredient Details', 'Preparation Steps', ['Ingre.', 'Ingredient', 'Ingredient Analysis']),
  task('traffic_analysis', REALITY, 'Traffic Analysis', 'Traffic Analysis', ['Traff.', 'Traffic']),
] as const

export type Task = (typeof TASKS)[number]
/** Our name of a task, as stored. */
export type TaskId = Task['id']

function task<const Id extends string>(id: Id, group: TaskGroup, paperName: string, leaderboardName: string, aliases: readonly string[]) {
  return { id, group, paperName, leaderboardName, aliases } as const
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]+/g, '')
}

const ID_BY_WORD: ReadonlyMap<string, TaskId> = new Map(
  TASKS.flatMap((entry) =>
    [entry.id, entry.paperName, entry.leaderboardName, ...entry.aliases].map((word): [string, TaskId] => [bare(word), entry.id]),
  ),
)

/** The task a word means, whatever its case, spaces, underscores or dots; null when it is none of the 14. */
export function taskIdOf(word: string): TaskId | null {
  return ID_BY_WORD.get(bare(word)) ?? null
}

/** The task with that id; null when the word is a source's own and none of the 14. */
export function taskOfId(id: string): Task | null {
  return TASKS.find((entry) => entry.id === id) ?? null
}
