'use client'

import clsx from 'clsx'
import { Plus } from 'lucide-react'
import { startEditing } from '@/browser/review-acts'
import { IconButton } from '@/components/ui/icon-button'
import { Select } from '@/components/ui/select'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { answerOf, taskOf } from '@/core/document'
import { addOption, editAnswer, setTask } from '@/core/edits-text'
import { taskIdOf } from '@/core/tasks'
import { shownOf, useReview, useReviewStore } from '../review-context'
import { plural, TASK_CHOICES, taskName } from '../words'
import { ItemActions } from './item-actions'
import { OptionRow } from './option-row'
import { RecordFlags } from './record-flags'
import { TextDiff } from './text-diff'
import { TextEditor, useIsEditing } from './text-editor'

export function AnswerBlock() {
  const store = useReviewStore()
  const answer = useReview((state) => answerOf(shownOf(state)))
  const draft = useReview((state) => answerOf(state.draft))
  const itemId = `answer:${answer.id}`
  const item = useReview((state) => state.items.find((each) => each.id === itemId) ?? null)
  const isCurrent = useReview(({ selection }) => selection.itemId === itemId)
  const isDiffOn = useReview((state) => state.isDiffOn && !state.isDraftHeld)
  const canEdit = useReview((state) => state.canEdit && !state.isDraftHeld)
  const isEditing = useIsEditing(answer.id, 'text')
  const hasOptions = answer.options.length > 0
  return (
    <section
      aria-label="Answer"
      aria-current={isCurrent ? 'true' : undefined}
      className={clsx('flex-none border-l-2 pb-2', isCurrent ? 'border-l-accent-fg bg-selected' : 'border-l-transparent')}
    >
      <div className="flex h-8 items-center gap-2 pr-2 pl-3.5 [@media(max-height:840px)]:h-7">
        <button type="button" onClick={() => store.select(itemId)} className="flex items-center gap-2 rounded-2">
          <VerdictMark verdict={item?.verdict ?? answer.verdict} />
          <h2 className="font-semibold text-11 text-fg-2">Answer</h2>
        </button>
        <RecordFlags recordId={answer.id} />
        <span className="flex-1" />
        <span className="text-11 text-fg-3 max-[1360px]:hidden">{hasOptions ? plural(answer.options.length, 'option') : 'open-ended'}</span>
        {canEdit ? (
          <IconButton
            label="Add an option"
            size="sm"
            onClick={() => {
              const place = answer.options.length
              if (store.apply('Add option', (doc) => addOption(doc, ''))) startEditing(store, answer.id, `option:${place}`)
            }}
          >
            <Plus size={14} strokeWidth={1.5} aria-hidden />
          </IconButton>
        ) : null}
      </div>
      {isEditing ? (
        <div className="px-4 pb-1">
          <TextEditor
            recordId={answer.id}
            field="text"
            label="Edit answer"
            value={answer.text}
            edit={(text) => (doc) => editAnswer(doc, text)}
            className="text-13"
          />
        </div>
      ) : hasOptions ? null : (
        <p className="px-4 pb-1 pl-11 text-13 [overflow-wrap:anywhere]">
          {isDiffOn && draft.text !== answer.text ? (
            <TextDiff before={draft.text} after={answer.text} />
          ) : (
            answer.text || <span className="text-fg-3">No answer text</span>
          )}
        </p>
      )}
      <ul>
        {answer.options.map((text, place) => (
          <OptionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: an option has no identity but its letter
            key={place}
            answer={answer}
            place={place}
            text={text}
            before={isDiffOn ? (draft.options[place] ?? null) : null}
            canEdit={canEdit}
          />
        ))}
      </ul>
      {isCurrent ? (
        <div className="flex flex-col gap-1 pr-3 pl-11">
          {canEdit ? <TaskChoice /> : null}
          <ItemActions />
        </div>
      ) : null}
    </section>
  )
}

function TaskChoice() {
  const store = useReviewStore()
  const word = useReview((state) => taskOf(state.document).task)
  const id = word === null ? null : taskIdOf(word)
  const own = word !== null && id === null ? [{ value: word, label: taskName(word), note: 'source’s own' }] : []
  const none = word === null ? [{ value: '', label: 'No task', note: 'choose one' }] : []
  return (
    <div className="mt-1 flex items-center gap-2">
      <span className="text-11 text-fg-3">Task</span>
      <Select
        label="Task"
        size="sm"
        value={id ?? word ?? ''}
        onChange={(value) => void store.apply('Change task', (doc) => setTask(doc, value === '' ? null : value))}
        choices={[...none, ...own, ...TASK_CHOICES]}
      />
    </div>
  )
}
