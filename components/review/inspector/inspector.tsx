'use client'

import { Undo2 } from 'lucide-react'
import { revert } from '@/browser/review-acts'
import { Button } from '@/components/ui/button'
import { FlagBadge } from '@/components/ui/flag-badge'
import { VERDICT_WORDS, VerdictMark } from '@/components/ui/verdict-mark'
import { recordAt } from '@/core/document'
import { sameContent } from '@/core/record-content'
import type { DocRecord } from '@/core/records'
import { useReview, useReviewStore } from '../review-context'
import { BoxFacts } from './box-facts'
import { BoxList } from './box-list'
import { FrameFacts } from './frame-facts'
import { ObjectFacts } from './object-facts'
import { ProvenanceFacts } from './provenance-facts'
import { RecordTitle } from './record-title'
import { StepFacts } from './step-facts'
import { TextFacts } from './text-facts'

/** The selected record in full: draft and now, who wrote it, flags with their sentences, and what can be done. */
export function Inspector() {
  const record = useReview((state): DocRecord | null => {
    const { selection, items, document, draft, editing } = state
    const doc = state.isDraftHeld ? draft : document
    const box = selection.boxId === null ? null : recordAt(doc, selection.boxId, 'box')
    if (editing?.field === 'phrase') return recordAt(doc, editing.recordId, 'object') ?? box
    if (box !== null) return box
    const item = items.find((each) => each.id === selection.itemId)
    return item === undefined ? null : ((Object.hasOwn(doc, item.recordId) ? doc[item.recordId] : undefined) ?? null)
  })
  const frameId = useReview((state) => state.selection.frameId)
  return (
    <section
      aria-label="Inspector"
      className="flex max-h-[46%] flex-none flex-col overflow-y-auto border-line-strong border-t bg-raised pb-2 min-[1800px]:max-h-none min-[1800px]:border-line min-[1800px]:border-t-0 min-[1800px]:border-l min-[1800px]:bg-panel"
    >
      {record === null ? <p className="px-4 py-3 text-fg-3">Nothing is selected.</p> : <Facts record={record} />}
      {frameId === null ? null : <BoxList frameId={frameId} />}
    </section>
  )
}

function Facts({ record }: { record: DocRecord }) {
  const store = useReviewStore()
  const draft = useReview((state) => (Object.hasOwn(state.draft, record.id) ? (state.draft[record.id] ?? null) : null))
  const flags = useReview((state) => state.flags)
  const canEdit = useReview((state) => state.canEdit && !state.isDraftHeld)
  const own = flags.filter((flag) => flag.recordId === record.id)
  const canRevert = canEdit && draft !== null && !sameContent(draft, record)
  return (
    <>
      <div className="flex min-h-9 flex-none items-center gap-2 pr-3 pl-4">
        <RecordTitle record={record} />
        <span className="flex-1" />
        <span className="flex flex-none items-center gap-1 font-semibold text-fg-2">
          <VerdictMark verdict={record.verdict} isDecoration />
          <span className="capitalize">{VERDICT_WORDS[record.verdict]}</span>
        </span>
      </div>
      {record.type === 'box' ? <BoxFacts box={record} draft={draft?.type === 'box' ? draft : null} /> : null}
      {record.type === 'coreFrame' ? <FrameFacts frame={record} draft={draft?.type === 'coreFrame' ? draft : null} /> : null}
      {record.type === 'object' ? <ObjectFacts object={record} /> : null}
      {record.type === 'step' ? <StepFacts step={record} draft={draft?.type === 'step' ? draft : null} /> : null}
      {record.type === 'question' && draft?.type === 'question' ? <TextFacts before={draft.text} after={record.text} /> : null}
      {record.type === 'answer' && draft?.type === 'answer' ? <TextFacts before={draft.text} after={record.text} /> : null}
      <dl className="grid flex-none grid-cols-[76px_minmax(0,1fr)] pr-3 pl-4 leading-[22px] min-[1800px]:leading-[26px]">
        <ProvenanceFacts recordId={record.id} isNew={draft === null} />
        {record.reasons.map((reason) => (
          <div key={reason.code} className="contents">
            <dt className="text-fg-3">Rejected</dt>
            <dd className="text-bad">
              {reason.code}
              {reason.note === '' ? '' : ` · ${reason.note}`}
            </dd>
          </div>
        ))}
      </dl>
      {own.length === 0 ? null : (
        <ul className="flex flex-col gap-1 px-4 py-1">
          {own.map((flag) => (
            <li key={`${flag.code}${flag.message}`} className="flex items-start gap-2 text-fg-2">
              <FlagBadge code={flag.code} blocking={flag.blocking} />
              <span className="min-w-0 [overflow-wrap:anywhere]">{flag.message}</span>
            </li>
          ))}
        </ul>
      )}
      {canRevert ? (
        <div className="flex-none px-4 pt-1">
          <Button size="sm" variant="ghost" className="-ml-2" onClick={() => revert(store, record.id)}>
            <Undo2 size={14} strokeWidth={1.5} aria-hidden />
            Revert to draft
          </Button>
        </div>
      ) : null}
    </>
  )
}
