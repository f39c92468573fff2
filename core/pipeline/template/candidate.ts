/** A question that a template could ask, before the best few are taken. */

import type { TaskId } from '../../tasks'
import type { QaPair, Support } from '../outputs'
import { randomFrom, seedOf } from '../random'
import { sentence } from './english'
import type { KnownCaption, Sight } from './things'

/** A question with its answer and what it rests on. */
export type WrittenPair = Pick<QaPair, 'question' | 'answer' | 'support'>

/** `certainty` 0–1 ranks; `kind` and `subject` keep a group from asking the same thing twice. */
export type Candidate = {
  readonly kind: string
  readonly subject: string
  readonly certainty: number
  readonly pair: WrittenPair & { readonly support: Support }
}

type Plan = {
  readonly kind: string
  readonly subject: string
  readonly certainty: number
  /** Wordings that mean the same; which one is taken depends on the seed and on what is asked. */
  readonly questions: readonly [string, ...string[]]
  readonly answer: string
  readonly distractors: readonly string[]
  readonly task: TaskId
  readonly frames: readonly KnownCaption[]
  /** Boxes come from the sights; `phrase` without article. */
  readonly objects: readonly { readonly phrase: string; readonly label: string; readonly sights: readonly Sight[] }[]
  readonly steps: readonly { readonly text: string; readonly frames: readonly KnownCaption[] }[]
}

/** One of the texts, the same for the same seed and subject. */
export function chosenBy<T>(seed: number, subject: string, texts: readonly [T, ...T[]]): T {
  const random = randomFrom((seed ^ seedOf(subject)) >>> 0)
  return texts[Math.floor(random() * texts.length)] ?? texts[0]
}

const VEHICLES: ReadonlySet<string> = new Set(['car', 'truck', 'bus', 'motorcycle', 'bicycle', 'train'])

/** The task of a question on these kinds of things: traffic where all are vehicles, `other` elsewhere. */
export function taskFor(labels: readonly string[], other: TaskId): TaskId {
  return labels.length > 0 && labels.every((label) => VEHICLES.has(label)) ? 'traffic_analysis' : other
}

/** The pair with its full support. */
export function candidateOf(plan: Plan, seed: number): Candidate {
  const indexOf = ({ facts }: KnownCaption) => facts.frameIndex
  return {
    kind: plan.kind,
    subject: plan.subject,
    certainty: plan.certainty,
    pair: {
      question: sentence(chosenBy(seed, `${plan.kind} ${plan.subject}`, plan.questions)),
      answer: plan.answer,
      support: {
        frames: plan.frames.map((frame) => ({ frameIndex: indexOf(frame), caption: frame.text })),
        objects: plan.objects.map(({ phrase, label, sights }) => ({
          phrase,
          label,
          boxes: sights.map(({ at, sighting }) => ({ frameIndex: indexOf(at), rect: sighting.rect, score: sighting.score })),
        })),
        steps: plan.steps.map(({ text, frames }) => ({ text: sentence(text), frames: frames.map(indexOf) })),
        task: plan.task,
        distractors: [...plan.distractors],
      },
    },
  }
}

/** Mean score of the sights, 0–1. */
export function certaintyOf(sights: readonly Sight[]): number {
  return sights.length === 0 ? 0 : sights.reduce((sum, { sighting }) => sum + sighting.score, 0) / sights.length
}
