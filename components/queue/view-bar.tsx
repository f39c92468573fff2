'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import { formatCount } from '@/components/project/numbers'
import { STATE_NAMES } from '@/components/project/state-words'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { EMPTY_FILTER, isEmptyFilter, type SampleFilter, type SampleOrder } from '@/core/sample-filter'
import type { SampleState } from '@/core/sample-state'
import { taskName } from './filter-column'

type View = { name: string; states: readonly SampleState[] }

/** Ready-made lists: each is a filter of states that one would otherwise click together. */
const VIEWS: readonly View[] = [
  { name: 'All', states: [] },
  { name: 'To review', states: ['queued', 'in_review', 'needs_second'] },
  { name: 'Approved', states: ['approved', 'fixed', 'released'] },
  { name: 'Sent back', states: ['sent_back'] },
  { name: 'Rejected', states: ['rejected'] },
]

const ORDERS: readonly { value: SampleOrder; label: string }[] = [
  { value: 'risk', label: 'Riskiest first' },
  { value: 'import', label: 'As imported' },
  { value: 'recent', label: 'Last changed' },
]

type ViewBarProps = {
  filter: SampleFilter
  onChange: (filter: SampleFilter) => void
  /** Samples of the whole project by state. */
  states: Readonly<Partial<Record<SampleState, number>>>
}

export function ViewBar({ filter, onChange, states }: ViewBarProps) {
  const count = (view: View) =>
    Object.entries(states).reduce(
      (sum, [state, n]) => sum + (view.states.length === 0 || view.states.some((one) => one === state) ? n : 0),
      0,
    )
  return (
    <div className="flex h-11 flex-none items-center gap-1 border-line border-b px-3">
      {VIEWS.map((view) => {
        const isOn = sameSet(view.states, filter.state) && isEmptyFilter({ ...filter, state: [] })
        return (
          <button
            key={view.name}
            type="button"
            aria-pressed={isOn}
            onClick={() => onChange({ ...EMPTY_FILTER, order: filter.order, state: view.states })}
            className={clsx(
              'inline-flex h-(--h-control) items-center gap-1.5 whitespace-nowrap rounded-2 px-2 font-medium',
              isOn ? 'bg-selected text-fg' : 'text-fg-2 hover:bg-hover hover:text-fg',
            )}
          >
            {view.name}
            <span className="num font-regular text-fg-3">{formatCount(count(view))}</span>
          </button>
        )
      })}
      <span className="min-w-2 flex-1" />
      <div className="flex min-w-0 items-center justify-end gap-1 overflow-hidden">
        {chosenOf(filter).map((chosen) => (
          <span
            key={chosen.label}
            className="inline-flex h-5 min-w-0 items-center gap-1 rounded-1 border border-line-strong bg-control pr-0.5 pl-1.5 text-11 text-fg-2"
          >
            <span className="truncate">{chosen.label}</span>
            <button
              type="button"
              aria-label={`Drop ${chosen.label}`}
              onClick={() => onChange(chosen.without)}
              className="flex-none rounded-1 p-0.5 hover:bg-hover hover:text-fg"
            >
              <X size={10} strokeWidth={2} aria-hidden />
            </button>
          </span>
        ))}
        {isEmptyFilter(filter) ? null : (
          <Button size="sm" variant="ghost" onClick={() => onChange({ ...EMPTY_FILTER, order: filter.order })}>
            Clear
          </Button>
        )}
      </div>
      <Select
        label="Order"
        size="sm"
        className="w-32"
        value={filter.order}
        onChange={(order) => onChange({ ...filter, order })}
        choices={ORDERS}
      />
    </div>
  )
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item))
}

/** The filter in words, at most one tag a group, each with the filter that is left without it. */
function chosenOf(filter: SampleFilter): { label: string; without: SampleFilter }[] {
  const view = VIEWS.find((candidate) => candidate.states.length > 0 && sameSet(candidate.states, filter.state))
  const all: [readonly string[], string, SampleFilter][] = [
    [filter.state.map((state) => STATE_NAMES[state]), view?.name ?? '', { ...filter, state: [] }],
    [filter.flag, '', { ...filter, flag: [] }],
    [filter.task.map(taskName), '', { ...filter, task: [] }],
    [filter.text === '' ? [] : [`“${filter.text}”`], '', { ...filter, text: '' }],
    [filter.videoId === null ? [] : ['one video'], '', { ...filter, videoId: null }],
  ]
  return all
    .filter(([words]) => words.length > 0)
    .map(([words, name, without]) => ({
      label: name !== '' ? name : words.length === 1 ? (words[0] ?? '') : `${words[0]} +${words.length - 1}`,
      without,
    }))
}
