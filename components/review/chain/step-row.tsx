'use client'

import clsx from 'clsx'
import { memo, useEffect, useRef } from 'react'
import { mediaUrls } from '@/browser/api'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { recordAt } from '@/core/document'
import { equalValues } from '@/core/equal'
import type { StepRecord } from '@/core/records'
import { shownOf, useReview, useReviewStore, useSession } from '../review-context'
import { frameLabel, spanText } from '../words'
import { ItemActions } from './item-actions'
import { RecordFlags } from './record-flags'
import { Sentence } from './sentence'
import { useIsEditing } from './text-editor'
import { TokenEditor } from './token-editor'

type StepRowProps = { readonly stepId: string; readonly place: number; readonly isLast: boolean }

export const StepRow = memo(function StepRow({ stepId, place, isLast }: StepRowProps) {
  const store = useReviewStore()
  const document = useReview(shownOf)
  const step = recordAt(document, stepId, 'step')
  const draft = useReview((state) => recordAt(state.draft, stepId, 'step'))
  const isDiffOn = useReview((state) => state.isDiffOn && !state.isDraftHeld)
  /** The step itself is the item, or something under it is. */
  const isCurrent = useReview((state) => state.selection.stepId === stepId)
  const isItem = useReview((state) => state.selection.itemId === `step:${stepId}`)
  const isEditing = useIsEditing(stepId, 'text')
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  if (step === null) return null
  const before = isDiffOn && draft !== null && !equalValues(draft.tokens, step.tokens) ? draft.tokens : null
  return (
    <li
      ref={row}
      aria-current={isCurrent ? 'true' : undefined}
      className={clsx(
        'relative grid scroll-my-2 grid-cols-[20px_minmax(0,1fr)] gap-x-2 border-l-2 py-[7px] pr-3 pl-3.5 max-[1360px]:py-[5px] min-[1800px]:py-2.5',
        isCurrent ? 'border-l-accent-fg bg-selected' : 'border-l-transparent hover:bg-hover',
      )}
    >
      {isLast ? null : <span aria-hidden className="absolute top-[38px] -bottom-1.5 left-[23.5px] w-px bg-line-strong" />}
      <button
        type="button"
        aria-label={`Step ${place + 1}, ${step.verdict}`}
        onClick={() => store.select(`step:${stepId}`)}
        className="flex h-fit flex-col items-center gap-1 rounded-2 before:absolute before:inset-0"
      >
        <VerdictMark verdict={step.verdict} isDecoration />
        <b className="font-medium text-10 text-fg-3">{place + 1}</b>
      </button>
      <div className="pointer-events-none relative min-w-0 [&_button]:pointer-events-auto [&_textarea]:pointer-events-auto [&_[contenteditable]]:pointer-events-auto">
        {isEditing ? (
          <TokenEditor step={step} />
        ) : (
          <p className="text-13 [overflow-wrap:anywhere] max-[1360px]:text-[12.5px] max-[1360px]:leading-[18px]">
            {step.tokens.length === 0 ? (
              <span className="text-fg-3">Empty step</span>
            ) : (
              <Sentence tokens={step.tokens} document={document} before={before} />
            )}
          </p>
        )}
        <Citations step={step} draft={isDiffOn ? draft : null} />
        {isItem && !isEditing ? <ItemActions hasBoxes /> : null}
      </div>
    </li>
  )
})

function Citations({ step, draft }: { step: StepRecord; draft: StepRecord | null }) {
  const store = useReviewStore()
  const { project } = useSession()
  const document = useReview(shownOf)
  const before = useReview((state) => state.draft)
  const video = useReview((state) => state.sample.video)
  const frameId = useReview((state) => state.selection.frameId)
  const timeBase = video?.timeBase ?? null
  const gone = draft?.frameIds.filter((id) => !step.frameIds.includes(id)) ?? []
  const isSpanChanged = draft !== null && !equalValues(draft.span, step.span)
  return (
    <div className="mt-1 flex min-h-[18px] flex-wrap items-center gap-1 text-11 text-fg-3">
      {gone.map((id) => (
        <del key={id} className="inline-flex h-[18px] items-center px-1 text-fg-3">
          {frameLabel(before, id)}
        </del>
      ))}
      {step.frameIds.map((id) => {
        const index = recordAt(document, id, 'coreFrame')?.index ?? null
        return (
          <button
            key={id}
            type="button"
            onClick={() => store.jumpTo(id)}
            aria-label={`Core frame ${frameLabel(document, id)}`}
            className={clsx(
              'inline-flex h-[18px] items-center gap-1 rounded-1 border pr-1 pl-px font-medium text-11',
              id === frameId ? 'border-accent-fg text-fg' : 'border-line-strong text-fg-2 hover:text-fg',
            )}
          >
            {video?.isReady && index !== null ? (
              // biome-ignore lint/performance/noImgElement: stills are served by our own route; the image optimiser is off
              <img
                src={mediaUrls.stillUrl(project.id, video.id, index)}
                alt=""
                loading="lazy"
                className="h-3.5 w-[25px] rounded-[2px] object-cover"
              />
            ) : null}
            {frameLabel(document, id)}
          </button>
        )
      })}
      {step.frameIds.length === 0 ? <span>no frame cited</span> : null}
      {isSpanChanged && draft?.span != null ? <del className="num ml-1">{spanText(draft.span, timeBase)}</del> : null}
      {step.span === null ? null : isSpanChanged ? (
        <ins className="num ml-1">{spanText(step.span, timeBase)}</ins>
      ) : (
        <span className="num ml-1">{spanText(step.span, timeBase)}</span>
      )}
      <RecordFlags recordId={step.id} className="ml-auto" />
    </div>
  )
}
