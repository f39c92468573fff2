/** What browser and server are both asked in the parity test, beside pictures: captions, questions, methods. */
import { chooseFrames } from '@/core/selection/choose-frames'
import { planQuestion } from '@/core/selection/question-plan'
import type { SelectionMethod } from '@/core/selection/selection-options'
import type { SignalWeights } from '@/core/selection/signals/blend'
import { type FrameMaterial, weighFrames } from '@/core/selection/weigh-frames'

export const SIDE = 300
/** A software adapter takes seconds for each. */
export const SCENES = 4

export type Scene = Uint8ClampedArray<ArrayBuffer>

/** Of the scenes that `draw-scenes.ts` draws: a clock and a traffic light, the clock alone, the light alone, both in the dark. */
export const CAPTIONS = [
  'A clock hangs beside a traffic light. The light is red.',
  'A white clock shows the time. Nobody is there.',
  'A traffic light stands at a street. Two cars wait.',
  'It is night. A clock and a traffic light can hardly be seen.',
] as const

export const QUESTIONS: readonly string[] = [
  'What time does the clock show?',
  'How many traffic lights are red?',
  'Is the clock left of the traffic light?',
]
const WEIGHTS: readonly SignalWeights[] = [{ text: 1 }, { text: 0.5, objects: 0.5 }, { text: 0.3, objects: 0.3, vision: 0.4 }]
const METHODS: readonly SelectionMethod[] = ['topk', 'bolt', 'aks', 'qframe', 'mmr', 'dpp', 'lifo', 'event', 'adaptive']

/** The frames that each method takes for each question and mixture, as lines that can be compared. */
export function picks(materialOf: (question: string) => FrameMaterial): string[] {
  return QUESTIONS.flatMap((question) =>
    WEIGHTS.flatMap((weights) => {
      const weighed = weighFrames(planQuestion(question, weights), materialOf(question))
      return METHODS.map((method) => {
        const { chosen } = chooseFrames(weighed, method, { k: 2, seed: 5 })
        return `${question} ${Object.keys(weights).join('+')} ${method}: ${chosen.map(({ at }) => at).join(' ')}`
      })
    }),
  )
}
