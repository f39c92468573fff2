'use client'

import { accept, acceptStep, editCurrent } from '@/browser/review-acts'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { RejectButton } from '../decision/reject-button'
import { useReview, useReviewStore } from '../review-context'

type ItemActionsProps = { readonly acceptText?: string; readonly hasBoxes?: boolean; readonly canEditText?: boolean }

/** What can be said of the current item. Accepting is the primary act until everything is checked. */
export function ItemActions({ acceptText = 'Accept', hasBoxes = false, canEditText = true }: ItemActionsProps) {
  const store = useReviewStore()
  const canEdit = useReview((state) => state.canEdit && !state.isDraftHeld)
  const item = useReview((state) => state.items.find((each) => each.id === state.selection.itemId) ?? null)
  if (!canEdit || item === null) return null
  return (
    <div className="mt-2 flex flex-wrap gap-1 max-[1360px]:mt-1.5">
      <Button size="sm" variant="primary" shortcut={hintOf('accept')} onClick={() => accept(store, item)}>
        {acceptText}
      </Button>
      {hasBoxes ? (
        <Button size="sm" shortcut={hintOf('accept-step')} className="max-[1360px]:hidden" onClick={() => acceptStep(store)}>
          With boxes
        </Button>
      ) : null}
      {canEditText ? (
        <Button size="sm" shortcut={hintOf('edit')} onClick={() => editCurrent(store)}>
          Edit
        </Button>
      ) : null}
      <RejectButton item={item} />
    </div>
  )
}
