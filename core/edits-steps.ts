/** Edits of evidence steps. */
import { recordsOf, requireRecord } from './document'
import { dealtOrders } from './edits-frames'
import { equalValues } from './equal'
import { AppError } from './errors'
import type { RecordId } from './ids'
import { afterEdit, orderBetween, put, putAll, putNew, reopenSufficiency, without } from './record-edit'
import type { SampleDocument, StepRecord, Token } from './records'
import { fittingStep, joinTokens } from './references'
import type { Span } from './time'

/** Refuses what does not exist rather than dropping it: an edit made on an outdated view must be noticed. */
function requireFitting(doc: SampleDocument, step: StepRecord): StepRecord {
  if (fittingStep(doc, step) !== step) {
    throw new AppError('invalid_input', 'The step cites a frame, object or box that is not in this sample.', { recordId: step.id })
  }
  if (new Set(step.frameIds).size !== step.frameIds.length) {
    throw new AppError('invalid_input', 'The step cites the same frame twice.', { recordId: step.id })
  }
  if (step.span !== null && step.span.startPts > step.span.endPts) {
    throw new AppError('invalid_input', 'The time span ends before it starts.', { recordId: step.id })
  }
  return step
}

function putStep(doc: SampleDocument, step: StepRecord, change: Partial<Pick<StepRecord, 'tokens' | 'frameIds' | 'span'>>): SampleDocument {
  const next = { ...step, ...change }
  if (equalValues(next, step)) return doc
  return reopenSufficiency(put(doc, { ...requireFitting(doc, next), ...afterEdit(step.verdict) }))
}

/** Rewrites the sentence. Neighbouring text runs are joined. @throws AppError `invalid_input` for mentions of what is not there */
export function editStep(doc: SampleDocument, stepId: string, tokens: readonly Token[]): SampleDocument {
  return putStep(doc, requireRecord(doc, stepId, 'step'), { tokens: joinTokens(tokens) })
}

/** Says which core frames the step rests on. */
export function setStepFrames(doc: SampleDocument, stepId: string, frameIds: readonly RecordId[]): SampleDocument {
  return putStep(doc, requireRecord(doc, stepId, 'step'), { frameIds: [...frameIds] })
}

/** Says when in the video the step happens (pts, ends included); null = not said. */
export function setStepSpan(doc: SampleDocument, stepId: string, span: Span | null): SampleDocument {
  return putStep(doc, requireRecord(doc, stepId, 'step'), { span })
}

/** Adds a step behind `afterId` (null = first, left out = last). */
export function addStep(
  doc: SampleDocument,
  step: {
    readonly id: RecordId
    readonly tokens?: readonly Token[]
    readonly frameIds?: readonly RecordId[]
    readonly afterId?: string | null
  },
): SampleDocument {
  const steps = recordsOf(doc, 'step')
  const position = stepPosition(doc, steps, step.afterId)
  const record: StepRecord = {
    id: step.id,
    type: 'step',
    verdict: 'added',
    reasons: [],
    order: orderBetween(steps[position - 1]?.order ?? null, steps[position]?.order ?? null),
    tokens: joinTokens(step.tokens ?? []),
    frameIds: [...(step.frameIds ?? [])],
    span: null,
  }
  return reopenSufficiency(putNew(doc, requireFitting(doc, record)))
}

function stepPosition(doc: SampleDocument, steps: readonly StepRecord[], afterId: string | null | undefined): number {
  if (afterId === undefined) return steps.length
  if (afterId === null) return 0
  return steps.indexOf(requireRecord(doc, afterId, 'step')) + 1
}

/** Removes a step. Objects and boxes it mentioned stay; they are flagged if nothing mentions them any more. */
export function removeStep(doc: SampleDocument, stepId: string): SampleDocument {
  requireRecord(doc, stepId, 'step')
  return reopenSufficiency(without(doc, new Set([stepId])))
}

/**
 * Moves a step to a 0-based position; a position beyond the ends means the end. The order of evidence is content, so the
 * moved step counts as edited; the ones that make room do not.
 */
export function moveStep(doc: SampleDocument, stepId: string, toPosition: number): SampleDocument {
  const step = requireRecord(doc, stepId, 'step')
  const steps = recordsOf(doc, 'step')
  const orders = dealtOrders(steps.map((other) => other.order))
  const others = steps.filter((other) => other.id !== stepId)
  const target = Math.min(Math.max(toPosition, 0), others.length)
  if (steps[target]?.id === stepId) return doc
  const arranged = others.toSpliced(target, 0, { ...step, ...afterEdit(step.verdict) })
  const changed = arranged.flatMap((other, position) => {
    const order = orders[position] ?? other.order
    return other.order === order && other.id !== stepId ? [] : [{ ...other, order }]
  })
  return reopenSufficiency(putAll(doc, changed))
}
