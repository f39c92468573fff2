'use client'

import { Popover } from '@base-ui/react/popover'
import { useState } from 'react'
import { REASONS, reject } from '@/browser/review-acts'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
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
    <Popover.Root open={isOpen} onOpenChange={(next) => store.setState({ rejectingId: next ? item.id : null })}>
      <Popover.Trigger render={<Button size="sm" shortcut={hintOf('reject')} />}>Reject</Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="bottom" align="start" sideOffset={4} className="z-50">
          <Popover.Popup
            finalFocus={false}
            className="overlay w-80 rounded-3 bg-raised p-2 text-fg shadow-2 outline-none"
            onKeyDown={(event) => {
              const isTyping = event.target instanceof HTMLTextAreaElement
              const code = codes[Number(event.key) - 1]
              if (isTyping || event.ctrlKey || event.metaKey || event.altKey || code === undefined) return
              event.preventDefault()
              choose(code)
            }}
          >
            <Popover.Title className="px-2 pt-1 pb-2 font-semibold text-12">Why is this wrong? {item.label}</Popover.Title>
            <ReasonList codes={codes} titles={FLAG_TITLES} onChoose={choose} />
            <textarea
              aria-label="Note for the reason"
              placeholder="Note (optional), then choose a reason"
              value={note}
              maxLength={2000}
              onChange={(event) => setNote(event.currentTarget.value)}
              className="field-sizing-content mt-2 min-h-7 w-full resize-none rounded-2 border border-line-strong bg-well px-2 py-1 text-12"
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
