import { describe, expect, it } from 'vitest'
import { TASK_GROUPS, TASKS, taskIdOf, taskOfId } from './tasks'

describe('TASKS', () => {
  it('are the 14 of the paper, in its 4 groups', () => {
    expect(TASKS).toHaveLength(14)
    const sizes = TASK_GROUPS.map((group) => TASKS.filter((task) => task.group === group).length)
    expect(sizes).toEqual([3, 4, 4, 3])
  })

  it('have ids made of their paper names', () => {
    for (const task of TASKS) expect(task.id).toBe(task.paperName.toLowerCase().replaceAll(' ', '_'))
  })

  it('have no word that means two tasks', () => {
    const words = TASKS.flatMap((task) =>
      [...new Set([task.paperName, task.leaderboardName, ...task.aliases].map((word) => word.toLowerCase()))].map((word) => [
        word,
        task.id,
      ]),
    )
    for (const [word = '', id] of words) expect(taskIdOf(word), word).toBe(id)
    expect(new Set(words.map(([word]) => word)).size).toBe(words.length)
  })
})

describe('taskIdOf', () => {
  it.each([
    ['Causal Inference', 'causal_inference'],
    ['Causal Analysis', 'causal_inference'],
    ['Contextual Analysis', 'contextual_interpretation'],
    ['Event Dynamic', 'event_process'],
    ['Event Dynamics', 'event_process'],
    ['Interaction Analysis', 'interaction_dynamics'],
    ['Behavior Analysis', 'behavior_profiling'],
    ['Behaviour Profiling', 'behavior_profiling'],
    ['Emotion Analysis', 'emotional_recognition'],
    ['Influence Analysis', 'influence_tracing'],
    ['Role Analysis', 'role_identification'],
    ['Narrative Analysis', 'narrative_structuring'],
    ['Theme Analysis', 'thematic_insight'],
    ['Situation Analysis', 'situational_awareness'],
    ['Cooking Process', 'cooking_steps'],
    ['Cooking Steps', 'cooking_steps'],
    ['Preparation Steps', 'ingredient_details'],
    ['Ingredient Details', 'ingredient_details'],
    ['Traffic Analysis', 'traffic_analysis'],
  ])('%s is %s', (word, id) => {
    expect(taskIdOf(word)).toBe(id)
  })

  it.each(['causal analysis', 'CAUSAL_ANALYSIS', 'causal-analysis', '  Causal  Analysis ', 'CausalAnalysis', 'Causal', 'causal_inference'])(
    'does not mind the spelling “%s”',
    (word) => {
      expect(taskIdOf(word)).toBe('causal_inference')
    },
  )

  it.each(['Conte.', 'Inter.', 'Behav.', 'Emoti.', 'Influ.', 'Narra.', 'Situa.', 'Cook.', 'Ingre.', 'Traff.'])(
    'knows the short form %s of table 1',
    (word) => {
      expect(taskIdOf(word)).not.toBeNull()
    },
  )

  it.each(['', ' ', 'Sports', 'Causal Inference Analysis', 'constructor', '__proto__', '因果'])('does not know “%s”', (word) => {
    expect(taskIdOf(word)).toBeNull()
  })
})

describe('taskOfId', () => {
  it('gives the names of a task', () => {
    expect(taskOfId('ingredient_details')).toMatchObject({
      group: 'Reality Application',
      paperName: 'Ingredient Details',
      leaderboardName: 'Preparation Steps',
    })
  })

  it('gives nothing for a source’s own word', () => {
    expect(taskOfId('Sports')).toBeNull()
    expect(taskOfId('Causal Analysis')).toBeNull()
  })
})
