/** What browser and server are both asked in the parity test: pictures made by code, captions, questions, methods. */
import { goldenPicture } from '@/core/models/golden-input'
import { chooseFrames } from '@/core/selection/choose-frames'
import { planQuestion } from '@/core/selection/question-plan'
import type { SelectionMethod } from '@/core/selection/selection-options'
import type { SignalWeights } from '@/core/selection/signals/blend'
import { type FrameMaterial, weighFrames } from '@/core/selection/weigh-frames'

export const SIDE = 300
/** A software adapter takes seconds for each. */
export const SCENES = 4

/** Packed RGBA of 300 × 300: the golden picture moved to the left by a sixth for each step, brighter or darker, red and blue swapped. */
export function scene(step: number): Uint8ClampedArray<ArrayBuffer> {
  const golden = goldenPicture()
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255)
  const light = 1 - 0.12 * (step % 4)
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const from = (y * SIDE + ((x + step * 50) % SIDE)) * 3
      const [red = 0, green = 0, blue = 0] = golden.subarray(from, from + 3)
      rgba.set(step % 3 === 2 ? [blue * light, green * light, red * light] : [red * light, green * light, blue * light], (y * SIDE + x) * 4)
    }
  }
  return rgba
}

export const CAPTIONS = [
  'A red car stands on a road. A man walks beside it.',
  'Two people cross the street. The light is red.',
  'A man opens the door of a red car.',
  'A dog runs after a bicycle. Nobody else is on the street.',
] as const

export const QUESTIONS: readonly string[] = [
  'Who gets into the red car?',
  'How many people and dogs are on the street?',
  'What is the red light for?',
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
