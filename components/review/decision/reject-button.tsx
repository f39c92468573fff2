'use client'

import { useState } from 'react'
import { REASONS, reject } from '@/browser/review-acts'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import { FLAG_TITLES } from '@/core/flags'
import type { DefectCode } from '@/core/records'
import type { ReviewItem } from '@/core/review-items'
import { useReview, useReviewStore } from '../review-context'
import { ReasonList } from './reason-list'

/** Opens the reasons that fit this kind of record: a digit chooses one and rejects, a note may be added before. */
export function RejectButton({ item }: { item: ReviewItem }) {
  const store = useReviewStore()
  const isOpen = useReview((state) => state.rejectingId === item.id)
  const [note, setNote] = useState('')
  const codes = REASONS[item.kind]
  const choose = (code: DefectCode) => {
    reject(store, item, [{ code, note: note.trim() }])
    setNote('')
  }
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={(next) => store.setState({ rejectingId: next ? item.id : null })}
      trigger={
        <Button size="sm" shortcut={hintOf('reject')}>
          Reject
        </Button>
      }
      title={`Why is this wrong? ${item.label}`}
      titleClassName="px-2 pt-1 pb-2 font-semibold text-12"
      keepsFocus
      className="w-80 rounded-3 p-2"
      onKeyDown={(event) => {
        const isTyping = event.target instanceof HTMLTextAreaElement
        const code = codes[Number(event.key) - 1]
        if (isTyping || event.ctrlKey || event.metaKey || event.altKey || code === undefined) return
        event.preventDefault()
        choose(code)
      }}
    >
      <ReasonList codes={codes} titles={FLAG_TITLES} onChoose={choose} />
      <textarea
        aria-label="Note for the reason"
        placeholder="Note (optional), then choose a reason"
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.currentTarget.value)}
        className="field-sizing-content mt-2 min-h-7 w-full resize-none rounded-2 border border-line-strong bg-well px-2 py-1 text-12"
      />
    </Popover>
  )
}
