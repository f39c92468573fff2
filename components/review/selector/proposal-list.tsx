'use client'

import { Info } from 'lucide-react'
import { useRef } from 'react'
import { mediaUrls } from '@/browser/api'
import type { SelectorAnswer } from '@/browser/selector/selector-types'
import { removeCoreFrame } from '@/core/edits-frames'
import type { FrameChoice } from '@/core/selection/frame-choice'
import type { ProposalRow } from '@/core/selection/proposal'
import type { FramesUsed } from '@/core/selection/report-status'
import { formatTimecode, ptsToSeconds } from '@/core/time'
import { peekAt } from '../peek'
import { useReview, useReviewStore, useSession } from '../review-context'
import { useShownIndex } from '../timeline/review-timeline'
import { frameLabel, plural } from '../words'
import { ProposalCard } from './proposal-card'
import { framesUsedText, summaryText, whyText } from './selector-words'

/** Beside each other where a reason has room there, else one below the other. */
export const CARDS = 'grid grid-cols-2 gap-x-4 gap-y-3 max-[1360px]:grid-cols-1 max-[1360px]:gap-y-2'

type ProposalListProps = {
  readonly answer: SelectorAnswer
  readonly choice: FrameChoice
  readonly rows: readonly ProposalRow[]
  readonly used: FramesUsed | null
  readonly onAdopt: (frames: FrameChoice['chosen']) => void
}

/** Proposed frames, then drafted ones that are not proposed. What a person should know of the answer stands below. */
export function ProposalList({ answer, choice, rows, used, onAdopt }: ProposalListProps) {
  const store = useReviewStore()
  const notesRef = useRef<HTMLUListElement>(null)
  const { project } = useSession()
  const document = useReview((state) => state.document)
  const draft = useReview((state) => state.draft)
  const video = useReview((state) => state.sample.video)
  const canEdit = useReview((state) => state.canEdit)
  const shownIndex = useShownIndex()
  const mean = framesUsedText(used, choice.method)
  const isDrafted = (id: string) => Object.hasOwn(draft, id)
  const context = {
    candidates: answer.candidates.frames,
    curve: choice.curve,
    labelOf: (id: string) => frameLabel(document, id),
  }
  const timeOf = (row: ProposalRow) => {
    if (row.kind !== 'left') return formatTimecode(row.frame.timeSec)
    const record = document[row.id]
    const pts = record?.type === 'coreFrame' ? record.pts : null
    return pts === null || video?.timeBase == null ? '' : formatTimecode(ptsToSeconds(pts, video.timeBase))
  }
  return (
    <>
      <p className="mb-2 flex items-center gap-2 text-10 text-fg-3">
        <span>{summaryText(rows, isDrafted)}</span>
        <span className="min-w-0 flex-1 truncate text-right" title={mean?.about}>
          {mean?.text}
        </span>
        {answer.notes.length === 0 ? null : (
          <button
            type="button"
            title={answer.notes.join('\n')}
            onClick={() => notesRef.current?.scrollIntoView({ block: 'nearest' })}
            className="flex items-center gap-1 rounded-1 font-medium text-fg-2 underline-offset-2 hover:underline"
          >
            <Info size={12} strokeWidth={1.5} aria-hidden />
            {plural(answer.notes.length, 'note')}
          </button>
        )}
      </p>
      <ul aria-label="Proposed frames" className={CARDS}>
        {rows.map((row) => {
          const index = row.kind === 'left' ? row.index : row.frame.index
          const id = row.kind === 'new' ? null : row.id
          return (
            <ProposalCard
              key={id ?? `new-${index}`}
              row={row}
              index={index}
              timeText={timeOf(row)}
              why={whyText(row, context)}
              label={id === null ? null : frameLabel(document, id)}
              isDrafted={id !== null && isDrafted(id)}
              stillUrl={video === null || index === null ? null : mediaUrls.stillUrl(project.id, video.id, index)}
              canEdit={canEdit}
              isShown={index !== null && index === shownIndex}
              onShow={() => {
                if (id !== null) store.jumpTo(id)
                else if (index !== null) peekAt(store, index)
              }}
              onAdopt={() => row.kind === 'new' && onAdopt([row.frame])}
              onRemove={() => id !== null && store.apply('Remove core frame', (doc) => removeCoreFrame(doc, id))}
            />
          )
        })}
      </ul>
      {answer.notes.length === 0 ? null : (
        <ul ref={notesRef} aria-label="Notes" className="mt-3 flex list-disc flex-col gap-0.5 pl-4 text-11 text-fg-2 marker:text-fg-3">
          {answer.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  )
}
