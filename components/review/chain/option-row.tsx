'use client'

import clsx from 'clsx'
import { Pencil, X } from 'lucide-react'
import { startEditing } from '@/browser/review-acts'
import { IconButton } from '@/components/ui/icon-button'
import { editOption, removeOption, setCorrect } from '@/core/edits-text'
import type { AnswerRecord } from '@/core/records'
import { useReviewStore } from '../review-context'
import { TextDiff } from './text-diff'
import { TextEditor, useIsEditing } from './text-editor'

type OptionRowProps = {
  readonly answer: AnswerRecord
  readonly place: number
  readonly text: string
  readonly before: string | null
  readonly canEdit: boolean
}

export function OptionRow({ answer, place, text, before, canEdit }: OptionRowProps) {
  const store = useReviewStore()
  const field = `option:${place}`
  const letter = String.fromCharCode(65 + place)
  const isRight = answer.correctIndex === place
  const isEditing = useIsEditing(answer.id, field)
  return (
    <li className="group relative grid min-h-[26px] grid-cols-[16px_minmax(0,1fr)] items-center gap-2 pr-3 pl-11 min-[1800px]:min-h-8 [@media(max-height:840px)]:min-h-[22px]">
      <button
        type="button"
        disabled={!canEdit}
        aria-pressed={isRight}
        aria-label={isRight ? `Option ${letter} is right` : `Mark option ${letter} as right`}
        onClick={() => void store.apply('Choose right option', (doc) => setCorrect(doc, place))}
        className={clsx(
          'size-4 rounded-1 text-center font-medium text-10 leading-4',
          isRight ? 'bg-v-accepted text-panel' : 'text-fg-3 ring-1 ring-line-strong ring-inset hover:text-fg',
        )}
      >
        {letter}
      </button>
      {isEditing ? (
        <TextEditor
          recordId={answer.id}
          field={field}
          label={`Edit option ${letter}`}
          value={text}
          edit={(next) => (doc) => editOption(doc, place, next)}
        />
      ) : (
        <span className={clsx('min-w-0 [overflow-wrap:anywhere]', isRight ? 'font-semibold text-fg' : 'text-fg-2')}>
          {before !== null && before !== text ? (
            <TextDiff before={before} after={text} />
          ) : (
            text || <span className="text-fg-3">Empty option</span>
          )}
        </span>
      )}
      {canEdit && !isEditing ? (
        <span className="absolute top-0 right-1 flex rounded-2 bg-panel opacity-0 focus-within:opacity-100 group-hover:opacity-100">
          <IconButton label={`Edit option ${letter}`} size="sm" onClick={() => startEditing(store, answer.id, field)}>
            <Pencil size={12} strokeWidth={1.5} aria-hidden />
          </IconButton>
          <IconButton
            label={`Remove option ${letter}`}
            size="sm"
            onClick={() => void store.apply('Remove option', (doc) => removeOption(doc, place))}
          >
            <X size={12} strokeWidth={1.5} aria-hidden />
          </IconButton>
        </span>
      ) : null}
    </li>
  )
}
