'use client'

import clsx from 'clsx'
import { ArrowDown, ArrowUp, Trash2, X } from 'lucide-react'
import { IconButton } from '@/components/ui/icon-button'
import { recordsOf, stepText } from '@/core/document'
import { moveStep, removeStep, setStepFrames, setStepSpan } from '@/core/edits-steps'
import type { StepRecord } from '@/core/records'
import { useReview, useReviewStore } from '../review-context'
import { spanText } from '../words'
import { Fact } from './provenance-facts'
import { TextFacts } from './text-facts'

const ICON = { size: 14, strokeWidth: 1.5, 'aria-hidden': true } as const

export function StepFacts({ step, draft }: { step: StepRecord; draft: StepRecord | null }) {
  const store = useReviewStore()
  const document = useReview((state) => state.document)
  const timeBase = useReview((state) => state.sample.video?.timeBase ?? null)
  const canEdit = useReview((state) => state.canEdit && !state.isDraftHeld)
  const steps = recordsOf(document, 'step')
  const place = steps.findIndex((each) => each.id === step.id)
  const toggle = (frameId: StepRecord['frameIds'][number]) => {
    const frames = recordsOf(document, 'coreFrame').map((frame) => frame.id)
    const next = step.frameIds.includes(frameId)
      ? step.frameIds.filter((id) => id !== frameId)
      : frames.filter((id) => id === frameId || step.frameIds.includes(id))
    store.apply('Change cited frames', (doc) => setStepFrames(doc, step.id, next))
  }
  return (
    <>
      {draft === null ? null : <TextFacts before={stepText(draft)} after={stepText(step)} />}
      <dl className="grid grid-cols-[76px_minmax(0,1fr)] items-center pr-3 pl-4 leading-[22px] min-[1800px]:leading-[26px]">
        <Fact name="Cites">
          <span className="flex flex-wrap gap-1 py-0.5">
            {recordsOf(document, 'coreFrame').map((frame, number) => (
              <button
                key={frame.id}
                type="button"
                disabled={!canEdit}
                aria-pressed={step.frameIds.includes(frame.id)}
                onClick={() => toggle(frame.id)}
                className={clsx(
                  'h-5 rounded-1 border px-1.5 font-medium text-11 leading-none',
                  step.frameIds.includes(frame.id)
                    ? 'border-accent-fg bg-accent-soft text-fg'
                    : 'border-line-strong text-fg-3 hover:text-fg',
                )}
              >
                F{number + 1}
              </button>
            ))}
          </span>
        </Fact>
        <Fact name="Span">
          <span className="num flex items-center gap-1">
            {step.span === null ? <span className="text-fg-3">not said; [ and ] in the player set it</span> : spanText(step.span, timeBase)}
            {step.span !== null && canEdit ? (
              <IconButton
                label="Clear the span"
                size="sm"
                onClick={() => void store.apply('Clear span', (doc) => setStepSpan(doc, step.id, null))}
              >
                <X {...ICON} />
              </IconButton>
            ) : null}
          </span>
        </Fact>
      </dl>
      {canEdit ? (
        <div className="flex items-center gap-1 pr-3 pl-3">
          <IconButton
            label="Move step up"
            size="sm"
            aria-disabled={place === 0}
            onClick={() => void store.apply('Move step', (doc) => moveStep(doc, step.id, place - 1))}
          >
            <ArrowUp {...ICON} />
          </IconButton>
          <IconButton
            label="Move step down"
            size="sm"
            aria-disabled={place === steps.length - 1}
            onClick={() => void store.apply('Move step', (doc) => moveStep(doc, step.id, place + 1))}
          >
            <ArrowDown {...ICON} />
          </IconButton>
          <IconButton label="Remove step" size="sm" onClick={() => void store.apply('Remove step', (doc) => removeStep(doc, step.id))}>
            <Trash2 {...ICON} />
          </IconButton>
        </div>
      ) : null}
    </>
  )
}
