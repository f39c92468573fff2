'use client'

import clsx from 'clsx'
import { Tag } from '@/components/ui/tag'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { questionOf, taskOf } from '@/core/document'
import { editQuestion } from '@/core/edits-text'
import type { Verdict } from '@/core/records'
import { shownOf, useReview, useReviewStore } from '../review-context'
import { TemplateBadge } from '../template-badge'
import { taskName } from '../words'
import { ItemActions } from './item-actions'
import { RecordFlags } from './record-flags'
import { TextDiff } from './text-diff'
import { TextEditor, useIsEditing } from './text-editor'

/** The gate: is the question fair for this video? */
const GATE: Readonly<Record<Verdict, string>> = {
  unseen: 'Fair?',
  accepted: 'Fair',
  edited: 'Fair, reworded',
  rejected: 'Not fair',
  added: 'Fair',
  stale: 'Fair?',
}
const INK: Readonly<Record<Verdict, string>> = {
  unseen: 'text-fg-3',
  accepted: 'text-v-accepted',
  edited: 'text-v-edited',
  rejected: 'text-v-rejected',
  added: 'text-v-added',
  stale: 'text-v-stale',
}

export function QuestionBlock() {
  const store = useReviewStore()
  const question = useReview((state) => questionOf(shownOf(state)))
  const draft = useReview((state) => questionOf(state.draft).text)
  const task = useReview((state) => taskOf(shownOf(state)).task)
  const isCurrent = useReview(({ selection }) => selection.itemId === `question:${question.id}`)
  const isDiffOn = useReview((state) => state.isDiffOn && !state.isDraftHeld)
  const isEditing = useIsEditing(question.id, 'text')
  return (
    <section
      aria-label="Question"
      aria-current={isCurrent ? 'true' : undefined}
      className={clsx(
        'flex-none border-line border-b border-l-2 py-3 pr-3 pl-3.5 [@media(max-height:840px)]:py-2',
        isCurrent ? 'border-l-accent-fg bg-selected' : 'border-l-transparent',
      )}
    >
      <div className="mb-1 flex items-center gap-2">
        <span className="font-medium text-11 text-fg-3">Question</span>
        <Tag className="truncate">{taskName(task)}</Tag>
        <TemplateBadge recordId={question.id} />
        <span className="flex-1" />
        <RecordFlags recordId={question.id} />
        <button
          type="button"
          onClick={() => store.select(`question:${question.id}`)}
          className={clsx('flex flex-none items-center gap-1 rounded-2 px-1 font-semibold', INK[question.verdict])}
        >
          <VerdictMark verdict={question.verdict} isDecoration />
          {GATE[question.verdict]}
        </button>
      </div>
      {isEditing ? (
        <TextEditor
          recordId={question.id}
          field="text"
          label="Edit question"
          value={question.text}
          edit={(text) => (doc) => editQuestion(doc, text)}
          className="font-semibold text-15"
        />
      ) : (
        <p className="font-semibold text-15 tracking-[-0.01em] [overflow-wrap:anywhere]">
          {isDiffOn && draft !== question.text ? (
            <TextDiff before={draft} after={question.text} />
          ) : (
            question.text || <span className="text-fg-3">No question text</span>
          )}
        </p>
      )}
      {isCurrent && !isEditing ? <ItemActions acceptText="Fair" /> : null}
    </section>
  )
}
