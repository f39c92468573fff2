'use client'

import clsx from 'clsx'
import { Eye, EyeOff } from 'lucide-react'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { answerOf } from '@/core/document'
import { shownOf, useReview, useReviewStore } from '../review-context'
import { ItemActions } from './item-actions'

/** Does the answer follow from the evidence alone? The test hides the video, so that only the words can carry it. */
export function SufficiencyRow() {
  const store = useReviewStore()
  const answer = useReview((state) => answerOf(shownOf(state)))
  const itemId = `sufficiency:${answer.id}`
  const isCurrent = useReview(({ selection }) => selection.itemId === itemId)
  const isTesting = useReview((state) => state.isTesting)
  return (
    <section
      aria-label="Sufficiency"
      aria-current={isCurrent ? 'true' : undefined}
      className={clsx('flex-none border-l-2 pr-3 pl-3.5', isCurrent ? 'border-l-accent-fg bg-selected pb-2' : 'border-l-transparent')}
    >
      <div className="flex h-8 items-center gap-2 [@media(max-height:840px)]:h-7">
        <button type="button" onClick={() => store.select(itemId)} className="flex min-w-0 flex-1 items-center gap-3 rounded-2 text-left">
          <VerdictMark verdict={answer.sufficiency} />
          <span className="truncate">Answer follows from evidence alone?</span>
        </button>
        <Button
          variant="ghost"
          size="sm"
          shortcut={isCurrent ? hintOf('test') : undefined}
          aria-pressed={isTesting}
          className="px-1"
          onClick={() => {
            if (!isCurrent) store.select(itemId)
            store.setState({ isTesting: !isTesting })
          }}
        >
          {isTesting ? <Eye size={14} strokeWidth={1.5} aria-hidden /> : <EyeOff size={14} strokeWidth={1.5} aria-hidden />}
          {isTesting ? 'Show' : 'Test'}
        </Button>
      </div>
      {isCurrent ? (
        <div className="pl-7">
          <ItemActions acceptText="It follows" canEditText={false} />
        </div>
      ) : null}
    </section>
  )
}
