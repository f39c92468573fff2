'use client'

import clsx from 'clsx'
import { Trash2 } from 'lucide-react'
import { copyToNextFrame, startDraw, startEditing } from '@/browser/review-acts'
import { hintOf } from '@/browser/shortcuts'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import { recordAt, recordsOf } from '@/core/document'
import { relabelBox, removeBox } from '@/core/edits-boxes'
import { iou } from '@/core/geometry'
import type { BoxRecord, Rect } from '@/core/records'
import { ItemActions } from '../chain/item-actions'
import { useReview, useReviewStore } from '../review-context'
import { ratioText } from '../stage-boxes'
import { FindOnFrame } from './find-on-frame'

const SIDES = ['x', 'y', 'w', 'h'] as const

/** Draft and now in one table, always in view. */
export function BoxFacts({ box, draft }: { box: BoxRecord; draft: BoxRecord | null }) {
  const store = useReviewStore()
  const drag = useReview((state) => (state.drag?.boxId === box.id ? state.drag.rect : null))
  const document = useReview((state) => state.document)
  const canEdit = useReview((state) => state.canEdit && !state.isDraftHeld)
  const isCurrent = useReview((state) => state.selection.itemId === `box:${box.id}`)
  const object = recordAt(document, box.objectId, 'object')
  const now = drag ?? box.rect
  return (
    <>
      <GeometryTable draft={draft?.rect ?? null} now={now} />
      <dl className="grid grid-cols-[76px_minmax(0,1fr)] pr-3 pl-4 leading-[22px] min-[1800px]:leading-[26px]">
        <dt className="text-fg-3">Score</dt>
        <dd className="num">
          {box.score === null && draft?.score == null ? (
            <span className="text-fg-3">not given</span>
          ) : (
            ratioText(box.score ?? draft?.score ?? 0)
          )}
          {box.score === null && draft?.score != null ? <span className="text-fg-3"> of the draft</span> : null}
          {box.agreement === null ? null : <span className="text-fg-3"> · verifier {ratioText(box.agreement)}</span>}
        </dd>
        {canEdit ? (
          <>
            <dt className="text-fg-3">Object</dt>
            <dd className="flex items-center gap-1">
              <Select
                label="Object of this box"
                size="sm"
                value={box.objectId as string}
                onChange={(objectId) => void store.apply('Relabel box', (doc) => relabelBox(doc, box.id, objectId))}
                choices={recordsOf(document, 'object').map((object, place) => ({
                  value: object.id as string,
                  label: `${place + 1} ${object.phrase}`,
                }))}
              />
              <Button size="sm" variant="ghost" onClick={() => startEditing(store, box.objectId, 'phrase')}>
                Rename
              </Button>
            </dd>
          </>
        ) : null}
      </dl>
      {isCurrent ? (
        <div className="px-4">
          <ItemActions canEditText={false} />
        </div>
      ) : null}
      {canEdit ? (
        <div className="flex flex-wrap items-center gap-1 py-1 pr-3 pl-4">
          <Button size="sm" shortcut={hintOf('redraw')} onClick={() => startDraw(store, true)}>
            Redraw
          </Button>
          <Button size="sm" shortcut={hintOf('copy-box')} onClick={() => copyToNextFrame(store)}>
            To next frame
          </Button>
          <IconButton
            label="Remove box"
            shortcut={hintOf('remove')}
            size="sm"
            onClick={() => void store.apply('Remove box', (doc) => removeBox(doc, box.id))}
          >
            <Trash2 size={14} strokeWidth={1.5} aria-hidden />
          </IconButton>
        </div>
      ) : null}
      {canEdit && object !== null ? (
        <div className="pr-3 pl-4">
          <FindOnFrame object={object} boxId={box.id} />
        </div>
      ) : null}
    </>
  )
}

function GeometryTable({ draft, now }: { draft: Rect | null; now: Rect }) {
  const cell = 'h-[22px] border-line border-l px-2 text-right leading-[22px]'
  return (
    <div className="mr-3 mb-1 ml-4 flex-none overflow-hidden rounded-2 border border-line">
      <table className="num w-full table-fixed border-collapse">
        <thead className="bg-well text-10 text-fg-3 leading-[18px]">
          <tr>
            <th scope="col" className="w-11 pl-2 text-left font-regular">
              px
            </th>
            {SIDES.map((side) => (
              <th key={side} scope="col" className="border-line border-l px-2 text-right font-regular">
                {side}
              </th>
            ))}
            <th scope="col" className="w-11 border-line border-l px-2 text-right font-regular">
              IoU
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="text-fg-3">
            <th scope="row" className="pl-2 text-left font-regular">
              draft
            </th>
            {SIDES.map((side) => (
              <td key={side} className={cell}>
                {draft === null ? '–' : draft[side].toFixed(1)}
              </td>
            ))}
            <td className={cell} />
          </tr>
          <tr>
            <th scope="row" className="pl-2 text-left font-regular">
              now
            </th>
            {SIDES.map((side) => (
              <td key={side} className={clsx(cell, draft !== null && draft[side] !== now[side] && 'font-medium text-v-edited')}>
                {now[side].toFixed(1)}
              </td>
            ))}
            <td className={cell}>{draft === null ? 'new' : ratioText(iou(draft, now))}</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}
