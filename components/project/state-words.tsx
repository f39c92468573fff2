import clsx from 'clsx'
import { Eye, Lock, Scale, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { VerdictMark } from '@/components/ui/verdict-mark'
import type { SampleState } from '@/core/sample-state'

export const STATE_NAMES: Readonly<Record<SampleState, string>> = {
  drafted: 'Drafted',
  queued: 'Queued',
  in_review: 'In review',
  approved: 'Approved',
  fixed: 'Fixed',
  rejected: 'Rejected',
  sent_back: 'Sent back',
  needs_second: 'Second look',
  adjudication: 'Adjudication',
  released: 'Released',
}

const ICON = { size: 16, strokeWidth: 1.5, 'aria-hidden': true } as const

const MARKS: Readonly<Record<SampleState, ReactNode>> = {
  drafted: <VerdictMark verdict="unseen" isDecoration />,
  queued: <VerdictMark verdict="unseen" isDecoration />,
  in_review: <Eye {...ICON} className="text-accent-fg" />,
  approved: <VerdictMark verdict="accepted" isDecoration />,
  fixed: <VerdictMark verdict="edited" isDecoration />,
  rejected: <VerdictMark verdict="rejected" isDecoration />,
  sent_back: <Undo2 {...ICON} className="text-warn" />,
  needs_second: <VerdictMark verdict="added" isDecoration />,
  adjudication: <Scale {...ICON} className="text-v-added" />,
  released: <Lock {...ICON} className="text-v-added" />,
}

/** State of a sample: an outline of its own and the word. */
export function StateMark({ state, className }: { state: SampleState; className?: string }) {
  return (
    <span className={clsx('inline-flex min-w-0 items-center gap-1.5 whitespace-nowrap', className)}>
      <span className="flex flex-none">{MARKS[state]}</span>
      {STATE_NAMES[state]}
    </span>
  )
}
