/** How well each candidate frame fits a question: the same code in the browser, in the worker and in the terminal. */
import { AppError } from '../errors'
import type { Size } from '../geometry'
import type { FrameFacts } from '../pipeline/facts'
import type { SampledFrame } from '../pipeline/outputs'
import { captionFacts } from './caption-texts'
import type { ChosenFrame } from './frame-choice'
import { type Look, seenOn } from './look'
import type { QuestionPlan } from './question-plan'
import { meanOfSignals, SIGNALS, type Signal, type SignalName, type StretchedSignal, stretchSignals } from './signals/blend'
import { objectsSignal, type SeenThing, thingsShown } from './signals/objects-signal'
import { textSignal } from './signals/text-signal'
import type { Vector } from './similarity'

/**
 * What is known of the candidate frames, each list in their order. `view` = size of the stills in pixels. `alike` = `frameVectors`
 * of the looks' features: one computation a video. `captions` null = nobody described them. `vectors` = embeddings of the question
 * and of `captionTexts`, by text; of unit length. `vision` = cosine of question and picture; null where no dual encoder looked.
 */
export type FrameMaterial = {
  readonly frames: readonly SampledFrame[]
  readonly view: Size
  readonly looks: readonly Look[]
  readonly alike: readonly Vector[]
  readonly captions: readonly { readonly text: string; readonly facts: FrameFacts | null }[] | null
  readonly vectors: ReadonlyMap<string, Vector>
  readonly vision: readonly number[] | null
}

/**
 * `curve` = relevance of every frame, 0 to 1; `asked` = per frame, which of the plan's things were seen on it; `captions` = embeddings of
 * whole captions, null where they are not known; `notes` = sentences for people on signals that tell no frame from another.
 */
export type WeighedFrames = {
  readonly frames: readonly SampledFrame[]
  readonly signals: readonly StretchedSignal[]
  readonly curve: readonly number[]
  readonly alike: readonly Vector[]
  readonly asked: readonly ChosenFrame['asked'][]
  readonly captions: readonly Vector[] | null
  readonly notes: readonly string[]
}

const FLAT: Readonly<Record<SignalName, string>> = {
  text: 'No caption fits the question better than another: text tells no frame from the others.',
  objects: 'The things that are asked for were seen on no frame, or on all alike: objects tell no frame from the others.',
  vision: 'The dual encoder finds all frames equally near to the question: vision tells no frame from the others.',
}

/** Of signals that are the same on all of several frames. */
function notesOn(signals: readonly StretchedSignal[]): string[] {
  return signals.flatMap(({ name, shares }) => (shares.length > 1 && shares.every((share) => share === shares[0]) ? [FLAT[name]] : []))
}

function missing(what: string, signal: SignalName): AppError {
  return new AppError('invalid_input', `${what}, so the signal ${signal} cannot be computed.`, { signal })
}

function textScores({ question }: QuestionPlan, { captions, vectors }: FrameMaterial): number[] {
  if (captions === null) throw missing('The candidate frames have no captions', 'text')
  const vectorOf = (text: string) => {
    const vector = vectors.get(text)
    if (vector === undefined) throw missing(`The text “${text.slice(0, 80)}” was not embedded`, 'text')
    return vector
  }
  const facts = captions.map(({ text }) => captionFacts(text).map((fact) => ({ text: fact, vector: vectorOf(fact) })))
  return textSignal(question, vectorOf(question), facts)
}

/** Of each frame; nothing where nothing is looked for. */
function seenOnAll({ things }: QuestionPlan, { captions, looks }: FrameMaterial): (readonly SeenThing[])[] {
  if (things.length === 0) return looks.map(() => [])
  return looks.map((look, at) => seenOn(look, captions?.[at]?.facts ?? null))
}

function askedOn({ things }: QuestionPlan, seen: readonly SeenThing[]): ChosenFrame['asked'] {
  const shown = thingsShown(things, seen)
  return things.map(({ phrase }, at) => ({ phrase, isShown: shown[at] === undefined ? false : shown[at] }))
}

function visionScores({ vision }: FrameMaterial): readonly number[] {
  if (vision === null) throw missing('No dual encoder has looked at the candidate frames', 'vision')
  return vision
}

/** The embeddings of whole captions; null unless all of them are known. */
function wholeCaptions({ captions, vectors }: FrameMaterial): Vector[] | null {
  if (captions === null) return null
  const whole: Vector[] = []
  for (const { text } of captions) {
    const vector = vectors.get(text)
    if (vector === undefined) return null
    whole.push(vector)
  }
  return whole
}

/**
 * Relevance of every candidate frame by the signals of the plan. The same plan and material give the same numbers everywhere, as
 * plain numbers or typed arrays.
 *
 * @throws AppError `invalid_input`: a list that has not one entry a frame, NaN, captions, embeddings or pictures that a signal of the
 *   plan needs and that are not there
 */
export function weighFrames(plan: QuestionPlan, material: FrameMaterial): WeighedFrames {
  const { frames, looks, alike, captions } = material
  for (const [field, list] of Object.entries({ looks, alike, captions: captions ?? frames })) {
    if (list.length === frames.length) continue
    throw new AppError('invalid_input', `${field} has ${list.length} rows, but there are ${frames.length} frames.`, { field })
  }
  const seen = seenOnAll(plan, material)
  const scoresOf: Readonly<Record<SignalName, () => readonly number[]>> = {
    text: () => textScores(plan, material),
    objects: () => objectsSignal(plan.things, seen, material.view),
    vision: () => visionScores(material),
  }
  const wanted = SIGNALS.flatMap((name): Signal[] => {
    const weight = plan.weights[name]
    return weight === undefined ? [] : [{ name, weight, scores: scoresOf[name]() }]
  })
  const signals = stretchSignals(wanted)
  const asked = seen.map((each) => askedOn(plan, each))
  return { frames, signals, curve: meanOfSignals(signals), alike, asked, captions: wholeCaptions(material), notes: notesOn(signals) }
}
