'use client'

import { Plus } from 'lucide-react'
import { addStepAfter } from '@/browser/review-acts'
import { IconButton } from '@/components/ui/icon-button'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { recordsOf } from '@/core/document'
import { sameContent } from '@/core/record-content'
import { AnswerBlock } from './chain/answer-block'
import { QuestionBlock } from './chain/question-block'
import { StepRow } from './chain/step-row'
import { SufficiencyRow } from './chain/sufficiency-row'
import { Inspector } from './inspector/inspector'
import { shownOf, useReview, useReviewStore } from './review-context'
import { plural } from './words'

/** The reasoning in the order of verification: question, evidence, sufficiency, answer; then the selected record in detail. */
export function ReasoningColumn() {
  return (
    <aside
      aria-label="Reasoning"
      data-region
      className="row-start-2 flex min-h-0 min-w-0 flex-col border-line border-l bg-panel min-[1800px]:grid min-[1800px]:grid-cols-[424px_minmax(0,1fr)]"
    >
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        <QuestionBlock />
        <EvidenceChain />
        <div className="my-1 h-px flex-none bg-line" />
        <SufficiencyRow />
        <div className="my-1 h-px flex-none bg-line" />
        <AnswerBlock />
      </div>
      <Inspector />
    </aside>
  )
}

function EvidenceChain() {
  const store = useReviewStore()
  const document = useReview(shownOf)
  const draft = useReview((state) => state.draft)
  const isDiffOn = useReview((state) => state.isDiffOn)
  const canEdit = useReview((state) => state.canEdit)
  const steps = recordsOf(document, 'step')
  const changed = steps.filter((step) => {
    const before = Object.hasOwn(draft, step.id) ? draft[step.id] : undefined
    return before === undefined || !sameContent(before, step)
  }).length
  const gone = recordsOf(draft, 'step').filter((step) => !Object.hasOwn(document, step.id))
  return (
    <section aria-label="Evidence chain">
      <div className="mt-0.5 flex h-8 flex-none items-center gap-1.5 pr-2 pl-4">
        <h2 className="font-semibold text-11 text-fg-2">Evidence chain</h2>
        <span className="num text-fg-3">{plural(steps.length, 'step')}</span>
        <span className="flex-1" />
        {isDiffOn ? (
          <span className="flex items-center gap-1 text-fg-2">
            <VerdictMark verdict="edited" size={12} isDecoration />
            {changed} of {steps.length} changed
          </span>
        ) : null}
        {canEdit ? (
          <IconButton label="Add a step" size="sm" onClick={() => addStepAfter(store)}>
            <Plus size={14} strokeWidth={1.5} aria-hidden />
          </IconButton>
        ) : null}
      </div>
      <ol>
        {steps.map((step, place) => (
          <StepRow key={step.id} stepId={step.id} place={place} isLast={place === steps.length - 1} />
        ))}
      </ol>
      {isDiffOn && gone.length > 0 ? (
        <ul aria-label="Steps removed from the draft" className="px-4 pb-2 text-13">
          {gone.map((step) => (
            <li key={step.id} className="py-1 pl-7">
              <del>{step.tokens.map((token) => token.text).join('')}</del>
            </li>
          ))}
        </ul>
      ) : null}
      {steps.length === 0 ? <p className="px-4 pb-2 text-13 text-fg-2">No evidence. Add the first step, or send the sample back.</p> : null}
    </section>
  )
}
