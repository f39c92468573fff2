import { ObjectChip } from '@/components/ui/object-chip'
import { VerdictMark } from '@/components/ui/verdict-mark'
import { objectNumber, recordAt, recordsOf } from '@/core/document'
import type { SampleDocument } from '@/core/records'
import { frameLabel } from '../words'

/** A record by its place on the screen. `other` = where to look when `doc` no longer has it. */
export function RecordName({ recordId, doc, other }: { recordId: string; doc: SampleDocument; other: SampleDocument }) {
  const has = Object.hasOwn(doc, recordId)
  const home = has ? doc : other
  const record = Object.hasOwn(home, recordId) ? home[recordId] : undefined
  if (record === undefined) return <span>{recordId}</span>
  const mark = <VerdictMark verdict={has ? record.verdict : 'rejected'} isDecoration />
  if (record.type === 'box') {
    const phrase = recordAt(home, record.objectId, 'object')?.phrase ?? record.objectId
    return (
      <span className="flex items-center gap-1.5">
        {mark} Box <ObjectChip number={Math.max(1, objectNumber(home, record.objectId))} phrase={phrase} />
        <span className="text-fg-3">
          on {frameLabel(home, record.frameId)}
          {has ? '' : ', removed'}
        </span>
      </span>
    )
  }
  const names = {
    question: 'Question',
    answer: 'Answer',
    task: 'Task',
    coreFrame: `Core frame ${frameLabel(home, recordId).slice(1)}`,
    step: `Step ${recordsOf(home, 'step').findIndex((step) => step.id === recordId) + 1}`,
    object: record.type === 'object' ? `Object “${record.phrase}”` : '',
  }
  return (
    <span className="flex items-center gap-1.5">
      {mark} {names[record.type]}
      {has ? null : <span className="text-fg-3">removed</span>}
    </span>
  )
}
