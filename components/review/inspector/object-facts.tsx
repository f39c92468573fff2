'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { startDraw, startEditing } from '@/browser/review-acts'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { boxesOfObject } from '@/core/document'
import { removeObject, renameObject } from '@/core/edits-objects'
import type { ObjectRecord } from '@/core/records'
import { ItemActions } from '../chain/item-actions'
import { TextEditor, useIsEditing } from '../chain/text-editor'
import { useReview, useReviewStore } from '../review-context'
import { plural } from '../words'
import { FindOnFrame } from './find-on-frame'

export function ObjectFacts({ object }: { object: ObjectRecord }) {
  const store = useReviewStore()
  const boxes = useReview((state) => boxesOfObject(state.document, object.id).length)
  const canEdit = useReview((state) => state.canEdit && !state.isDraftHeld)
  const isCurrent = useReview((state) => state.selection.itemId === `object:${object.id}`)
  const isEditing = useIsEditing(object.id, 'phrase')
  return (
    <div className="flex flex-col gap-1 pr-3 pl-4">
      {isEditing ? (
        <TextEditor
          recordId={object.id}
          field="phrase"
          label="Rename object"
          value={object.phrase}
          edit={(text) => (doc) => renameObject(doc, object.id, text)}
          className="text-13"
        />
      ) : (
        <p className={boxes === 0 ? 'text-bad' : 'text-fg-2'}>
          {boxes === 0 ? 'No box on any core frame. Draw one, or accept that it needs none.' : plural(boxes, 'box', 'boxes')}
        </p>
      )}
      {canEdit && !isEditing ? (
        <div className="flex flex-wrap items-center gap-1">
          {boxes === 0 ? (
            <Button size="sm" shortcut={hintOf('draw')} onClick={() => startDraw(store, false)}>
              Draw its box
            </Button>
          ) : null}
          <Button size="sm" variant="ghost" onClick={() => startEditing(store, object.id, 'phrase')}>
            <Pencil size={12} strokeWidth={1.5} aria-hidden />
            Rename
          </Button>
          <IconButton
            label="Remove object and its boxes"
            size="sm"
            onClick={() => void store.apply('Remove object', (doc) => removeObject(doc, object.id))}
          >
            <Trash2 size={14} strokeWidth={1.5} aria-hidden />
          </IconButton>
        </div>
      ) : null}
      {canEdit && !isEditing ? <FindOnFrame object={object} boxId={null} /> : null}
      {isCurrent && !isEditing ? <ItemActions acceptText="Needs no box" /> : null}
    </div>
  )
}
