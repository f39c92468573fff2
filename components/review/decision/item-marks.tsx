'use client'

import clsx from 'clsx'
import { Fragment, memo } from 'react'
import { ObjectSwatch } from '@/components/ui/object-chip'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { objectNumber, recordAt, recordsOf } from '@/core/document'
import type { SampleDocument } from '@/core/records'
import type { ReviewItem } from '@/core/review-items'
import { useReview, useReviewStore } from '../review-context'

/** One mark per item in the order Tab walks them; press one to go there. A step stands with its boxes. */
export const ItemMarks = memo(function ItemMarks() {
  const store = useReviewStore()
  const items = useReview((state) => state.items)
  const document = useReview((state) => state.document)
  const currentId = useReview((state) => state.selection.itemId)
  return (
    <nav aria-label="Items" className="flex min-w-0 items-center gap-0.5 overflow-x-auto [scrollbar-width:none]">
      {items.map((item, place) => (
        <Fragment key={item.id}>
          {place > 0 && groupOf(item) !== groupOf(items[place - 1]) ? (
            <i aria-hidden className="mx-1 h-5 w-px flex-none bg-line-strong" />
          ) : null}
          <button
            type="button"
            aria-label={`${item.label}, ${item.verdict}`}
            aria-current={item.id === currentId ? 'true' : undefined}
            title={item.label}
            onClick={() => store.select(item.id)}
            ref={(element) => {
              if (element !== null && item.id === currentId) element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
            }}
            className={clsx(
              'flex w-[26px] flex-none flex-col items-center gap-0.5 rounded-2 pt-1 pb-0.5 font-medium text-10 leading-[12px]',
              item.id === currentId ? 'bg-selected text-fg shadow-[inset_0_-2px_0_var(--accent-fg)]' : 'text-fg-3 hover:bg-hover',
            )}
          >
            <VerdictMark verdict={item.verdict} isDecoration />
            <Short item={item} document={document} />
          </button>
        </Fragment>
      ))}
    </nav>
  )
})

/** Question | frames | each step with its boxes | sufficiency and answer. */
function groupOf(item: ReviewItem | undefined): string {
  if (item === undefined) return ''
  if (item.kind === 'sufficiency' || item.kind === 'answer') return 'end'
  if (item.kind === 'question' || item.kind === 'coreFrame') return item.kind
  return item.stepId ?? 'boxes'
}

function Short({ item, document }: { item: ReviewItem; document: SampleDocument }) {
  switch (item.kind) {
    case 'question':
      return <span>Q</span>
    case 'coreFrame':
      return <span>F{recordsOf(document, 'coreFrame').findIndex((frame) => frame.id === item.recordId) + 1}</span>
    case 'step':
      return <span>{recordsOf(document, 'step').findIndex((step) => step.id === item.recordId) + 1}</span>
    case 'sufficiency':
      return <span>Suff</span>
    case 'answer':
      return <span>Ans</span>
    default: {
      const objectId = item.kind === 'box' ? (recordAt(document, item.recordId, 'box')?.objectId ?? '') : item.recordId
      return <ObjectSwatch number={Math.max(1, objectNumber(document, objectId))} className="!h-3 !min-w-3 !leading-3" />
    }
  }
}
