'use client'

import { ObjectChip } from '@/components/ui/object-chip'
import { objectNumber, recordAt, recordsOf } from '@/core/document'
import type { DocRecord } from '@/core/records'
import { shownOf, useReview } from '../review-context'
import { frameLabel } from '../words'

/** What the record is called on the screen. */
export function RecordTitle({ record }: { record: DocRecord }) {
  const document = useReview(shownOf)
  if (record.type === 'box') {
    const phrase = recordAt(document, record.objectId, 'object')?.phrase ?? record.objectId
    return (
      <h2 className="flex min-w-0 items-center gap-2">
        <ObjectChip number={Math.max(1, objectNumber(document, record.objectId))} phrase={phrase} isOn />
        <span className="text-fg-3">box on {frameLabel(document, record.frameId)}</span>
      </h2>
    )
  }
  if (record.type === 'object') {
    return (
      <h2 className="flex min-w-0 items-center gap-2">
        <ObjectChip number={Math.max(1, objectNumber(document, record.id))} phrase={record.phrase} />
        <span className="text-fg-3">key object</span>
      </h2>
    )
  }
  const names = {
    question: 'Question',
    answer: 'Answer',
    task: 'Task',
    coreFrame: `Core frame ${frameLabel(document, record.id)}`,
    step: `Step ${recordsOf(document, 'step').findIndex((step) => step.id === record.id) + 1}`,
  }
  return <h2 className="truncate font-semibold">{names[record.type]}</h2>
}
