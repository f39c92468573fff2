'use client'

import { Check } from 'lucide-react'
import { useMemo, useState } from 'react'
import { openMeeting } from '@/browser/edit-queue'
import { hintOf } from '@/browser/shortcuts'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Tag } from '@/components/ui/tag'
import { toAppError } from '@/core/errors'
import { emptyHistory } from '@/core/history'
import { conflictKey } from '@/core/merge'
import { useReview, useReviewStore, useSession } from '../review-context'
import { plural } from '../words'
import { ConflictRow } from './conflict-row'
import { type Choice, resolve, viewOf } from './conflict-sides'
import { RecordName } from './record-name'

const BY_KEY: Readonly<Record<string, Choice>> = { ArrowLeft: 'draft', ArrowDown: 'theirs', ArrowRight: 'mine' }

/** Both changed the same: arrow keys choose draft, theirs or yours, record by record. Nothing is sent before that. */
export function ConflictDialog({ onClose }: { onClose: () => void }) {
  const store = useReviewStore()
  const { viewer } = useSession()
  const draft = useReview((state) => state.draft)
  // Edits made while the dialog is open cannot be: it is modal. So one look at the queue is enough.
  const [queue] = useState(() => store.sync.queue)
  const meeting = useMemo(() => openMeeting(queue), [queue])
  const view = useMemo(() => (meeting === null ? null : viewOf(meeting)), [meeting])
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({})
  const [active, setActive] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  if (meeting === null || view === null || queue.standoff === null) return null
  const { conflicts } = view
  const left = conflicts.filter((conflict) => choices[conflictKey(conflict)] === undefined).length
  const records = new Set(conflicts.map((conflict) => conflict.recordId)).size
  const by = queue.standoff.by ?? 'Somebody else'

  const choose = (place: number, choice: Choice) => {
    const conflict = conflicts[place]
    if (conflict === undefined) return
    setProblem(null)
    setChoices((before) => ({ ...before, [conflictKey(conflict)]: choice }))
    setActive(Math.min(place + 1, conflicts.length - 1))
  }
  const save = () => {
    if (left > 0) return
    try {
      const merged = resolve(meeting, draft, choices)
      void store.sync.resolve(merged, emptyHistory)
      store.takeMerge()
      onClose()
    } catch (thrown) {
      setProblem(toAppError(thrown).message)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="lg"
      title={`${plural(records, 'record was', 'records were')} changed by both of you`}
      description={`${by} saved version ${queue.standoff.version} meanwhile. ${
        view.merged.length === 0
          ? 'Nothing else was changed.'
          : `${plural(view.merged.length, 'other change does', 'other changes do')} not touch this and will be merged as they are.`
      }`}
      tools={
        <Tag className="num">
          base {queue.version} → {queue.standoff.version}
        </Tag>
      }
      footer={
        <>
          <span className="mr-auto text-fg-3">{problem ?? 'Every version stays in the history.'}</span>
          <Button variant="ghost" shortcut="Esc" onClick={onClose}>
            Decide later
          </Button>
          <Button variant="primary" aria-disabled={left > 0} shortcut={hintOf('decide')} onClick={save}>
            {left > 0 ? `${left} left to choose` : `Save merge as ${queue.standoff.version + 1}`}
          </Button>
        </>
      }
    >
      <section
        aria-label="Choices"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            save()
          }
          const choice = BY_KEY[event.key]
          if (event.key === 'ArrowUp') {
            event.preventDefault()
            setActive(Math.max(0, active - 1))
          } else if (choice !== undefined) {
            event.preventDefault()
            choose(active, choice)
          }
        }}
      >
        <div className="grid grid-cols-[132px_repeat(3,minmax(0,1fr))] gap-3 pb-2 font-medium text-11 text-fg-3">
          <span>Record</span>
          <span>Draft</span>
          <span className="flex items-center gap-2">
            <Avatar name={by} size={16} />
            Theirs, {by}
          </span>
          <span className="flex items-center gap-2">
            <Avatar name={viewer.name} id={viewer.id} size={16} />
            Yours
          </span>
        </div>
        {conflicts.map((conflict, place) => (
          <ConflictRow
            key={conflictKey(conflict)}
            conflict={conflict}
            sides={{ draft, theirs: view.theirs, mine: view.mine }}
            choice={choices[conflictKey(conflict)] ?? null}
            isActive={place === active}
            onChoose={(choice) => choose(place, choice)}
          />
        ))}
        {view.merged.length === 0 ? null : (
          <section aria-label="Merged without a conflict" className="mt-4 rounded-3 border border-line">
            <h3 className="flex h-8 items-center gap-2 border-line border-b px-3 font-semibold">
              <Check size={14} strokeWidth={1.75} className="text-ok" aria-hidden />
              Merged without a conflict <span className="num font-regular text-fg-3">{view.merged.length}</span>
            </h3>
            <ul>
              {view.merged.map(({ recordId, side }) => (
                <li key={`${side}${recordId}`} className="flex h-7 items-center gap-2 px-3">
                  <RecordName recordId={recordId} doc={side === 'mine' ? view.mine : view.theirs} other={draft} />
                  <span className="text-fg-3">by {side === 'mine' ? 'you' : by}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
      </section>
    </Dialog>
  )
}
