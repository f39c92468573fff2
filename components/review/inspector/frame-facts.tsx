'use client'

import { Pencil } from 'lucide-react'
import { startEditing } from '@/browser/review-acts'
import { IconButton } from '@/components/ui/icon-button'
import { editCaption } from '@/core/edits-frames'
import type { CoreFrameRecord } from '@/core/records'
import { ItemActions } from '../chain/item-actions'
import { TextDiff } from '../chain/text-diff'
import { TextEditor, useIsEditing } from '../chain/text-editor'
import { useReview, useReviewStore } from '../review-context'
import { ratioText } from '../stage-boxes'
import { secondsText } from '../words'
import { Fact } from './provenance-facts'

const METHODS: Readonly<Record<Exclude<CoreFrameRecord['match']['method'], 'selector'>, string>> = {
  exact: 'exact, named by the source',
  stem: 'number in the file name',
  'stem-time': 'time in the file name',
  image: 'picture match',
  'stem+image': 'file name and picture agree',
  person: 'chosen by a person',
  none: 'not found',
}

export function FrameFacts({ frame, draft }: { frame: CoreFrameRecord; draft: CoreFrameRecord | null }) {
  const store = useReviewStore()
  const timeBase = useReview((state) => state.sample.video?.timeBase ?? null)
  const isCurrent = useReview((state) => state.selection.itemId === `coreFrame:${frame.id}`)
  const isDiffOn = useReview((state) => state.isDiffOn)
  const canEdit = useReview((state) => state.canEdit && !state.isDraftHeld)
  const isEditing = useIsEditing(frame.id, 'caption')
  const isMoved = draft !== null && draft.index !== frame.index
  return (
    <>
      <dl className="grid grid-cols-[76px_minmax(0,1fr)] pr-3 pl-4 leading-[22px] min-[1800px]:leading-[26px]">
        <Fact name="Frame">
          <span className="num">
            {isMoved ? <del>{draft.index ?? 'none'}</del> : null} {isMoved ? <ins>{frame.index}</ins> : (frame.index ?? 'none')}
            <span className="text-fg-3">
              {' '}
              · pts {frame.pts ?? '–'} · {secondsText(frame.pts, timeBase)} s
            </span>
          </span>
        </Fact>
        <Fact name="Found by">
          {frame.match.method === 'selector' ? (
            <span title={frame.match.by}>{frame.match.by}</span>
          ) : (
            <>
              {METHODS[frame.match.method]}
              <span className="num text-fg-3"> · {ratioText(frame.match.confidence)}</span>
            </>
          )}
        </Fact>
        {frame.score === null ? null : (
          <Fact name="Score">
            <span className="num">
              {ratioText(frame.score)}
              {frame.margin === null ? '' : ` · margin ${ratioText(frame.margin)}`}
            </span>
          </Fact>
        )}
      </dl>
      <div className="flex items-start gap-1 pr-2 pl-4">
        {isEditing ? (
          <TextEditor
            recordId={frame.id}
            field="caption"
            label="Edit caption"
            value={frame.caption ?? ''}
            edit={(text) => (doc) => editCaption(doc, frame.id, text === '' ? null : text)}
            className="text-12"
          />
        ) : (
          <>
            <p className="min-w-0 flex-1 py-0.5 text-fg-2 [overflow-wrap:anywhere]">
              {isDiffOn && draft !== null && draft.caption !== frame.caption ? (
                <TextDiff before={draft.caption ?? ''} after={frame.caption ?? ''} />
              ) : (
                (frame.caption ?? <span className="text-fg-3">No caption</span>)
              )}
            </p>
            {canEdit ? (
              <IconButton label="Edit caption" size="sm" onClick={() => startEditing(store, frame.id, 'caption')}>
                <Pencil size={12} strokeWidth={1.5} aria-hidden />
              </IconButton>
            ) : null}
          </>
        )}
      </div>
      {isCurrent && !isEditing ? (
        <div className="px-4 pb-1">
          <ItemActions acceptText="Keep" />
        </div>
      ) : null}
    </>
  )
}
