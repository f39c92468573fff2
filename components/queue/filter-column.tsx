'use client'

import { Children } from 'react'
import { FLAG_SHORT } from '@/components/project/flag-words'
import { formatCount } from '@/components/project/numbers'
import { STATE_NAMES } from '@/components/project/state-words'
import { CheckBox } from '@/components/ui/check-box'
import { Skeleton } from '@/components/ui/skeleton'
import { FLAG_TITLES } from '@/core/flags'
import { DEFECT_CODES } from '@/core/records'
import type { SampleFilter } from '@/core/sample-filter'
import type { SampleFacets } from '@/core/sample-row'
import { sampleStateSchema } from '@/core/sample-state'
import { TASKS, taskOfId } from '@/core/tasks'

type FilterColumnProps = { filter: SampleFilter; facets: SampleFacets | null; onChange: (filter: SampleFilter) => void }

/** `''` stands for samples without a task. */
export function taskName(task: string): string {
  return task === '' ? 'No task given' : (taskOfId(task)?.paperName ?? task)
}

/** Choices with numbers: what a choice would leave, under the other groups' choices. Choices without samples are left out. */
export function FilterColumn({ filter, facets, onChange }: FilterColumnProps) {
  const states = sampleStateSchema.options.filter((state) => isShown(facets?.state, filter.state, state))
  const codes = DEFECT_CODES.filter((code) => isShown(facets?.flag, filter.flag, code))
  const known: string[] = TASKS.map((task) => task.id)
  const others = [...new Set([...Object.keys(facets?.task ?? {}), ...filter.task])].filter((task) => !known.includes(task)).sort()
  const tasks = [...known, ...others].filter((task) => isShown(facets?.task, filter.task, task))
  if (facets === null) return <FilterLoading />
  return (
    <aside aria-label="Filter" className="w-54 flex-none overflow-y-auto border-line border-r py-2">
      <Group title="State" isActive={filter.state.length > 0} onClear={() => onChange({ ...filter, state: [] })}>
        {states.map((state) => (
          <Choice
            key={state}
            label={STATE_NAMES[state]}
            count={facets?.state[state]}
            isOn={filter.state.includes(state)}
            onToggle={() => onChange({ ...filter, state: toggled(filter.state, state) })}
          />
        ))}
      </Group>
      {codes.length === 0 ? null : (
        <Group title="Flag" isActive={filter.flag.length > 0} onClear={() => onChange({ ...filter, flag: [] })}>
          {codes.map((code) => (
            <Choice
              key={code}
              label={`${code} ${FLAG_SHORT[code]}`}
              title={FLAG_TITLES[code]}
              count={facets?.flag[code]}
              isOn={filter.flag.includes(code)}
              onToggle={() => onChange({ ...filter, flag: toggled(filter.flag, code) })}
            />
          ))}
        </Group>
      )}
      <Group title="Task" isActive={filter.task.length > 0} onClear={() => onChange({ ...filter, task: [] })}>
        {tasks.map((task) => (
          <Choice
            key={task}
            label={taskName(task)}
            count={facets?.task[task]}
            isOn={filter.task.includes(task)}
            onToggle={() => onChange({ ...filter, task: toggled(filter.task, task) })}
          />
        ))}
      </Group>
    </aside>
  )
}

const LOADING_GROUPS = [
  { name: 'State', lines: ['a', 'b', 'c', 'd', 'e', 'f'] },
  { name: 'Flag', lines: ['a', 'b', 'c', 'd', 'e', 'f'] },
  { name: 'Task', lines: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] },
] as const

function FilterLoading() {
  return (
    <aside aria-label="Filter" aria-busy className="w-54 flex-none overflow-hidden border-line border-r py-2">
      {LOADING_GROUPS.map(({ name, lines }) => (
        <div key={name} className="px-3 pt-2 pb-2 pl-5">
          <div className="font-medium text-11 text-fg-3 leading-5">{name}</div>
          {lines.map((line) => (
            <div key={line} className="flex h-6 items-center gap-2">
              <Skeleton className="size-3.5" />
              <Skeleton className="h-3 w-28" />
            </div>
          ))}
        </div>
      ))}
    </aside>
  )
}

function isShown(counts: Readonly<Record<string, number>> | undefined, chosen: readonly string[], key: string): boolean {
  return (counts?.[key] ?? 0) > 0 || chosen.includes(key)
}

function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item]
}

function Group({
  title,
  isActive,
  onClear,
  children,
}: {
  title: string
  isActive: boolean
  onClear: () => void
  children: React.ReactNode
}) {
  if (Children.count(children) === 0) return null
  return (
    <fieldset className="px-3 pt-2 pb-2 pl-5">
      <legend className="sr-only">{title}</legend>
      <div className="flex h-5 items-center justify-between" aria-hidden={!isActive}>
        <span className="font-medium text-11 text-fg-3">{title}</span>
        {isActive ? (
          <button type="button" onClick={onClear} className="rounded-1 px-1 font-medium text-11 text-fg-3 hover:text-fg">
            Clear
          </button>
        ) : null}
      </div>
      {children}
    </fieldset>
  )
}

type ChoiceProps = { label: string; title?: string; count: number | undefined; isOn: boolean; onToggle: () => void }

function Choice({ label, title, count, isOn, onToggle }: ChoiceProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the check box inside is the control, and carries the words as its name
    <label
      title={title ?? label}
      className={`grid h-6 grid-cols-[16px_minmax(0,1fr)_auto] items-center gap-2 hover:text-fg ${isOn ? 'font-medium text-fg' : 'text-fg-2'}`}
    >
      <CheckBox label={label} checked={isOn} onChange={onToggle} />
      <span className="truncate" aria-hidden>
        {label}
      </span>
      <span className="num font-regular text-11 text-fg-3">{count === undefined ? '' : formatCount(count)}</span>
    </label>
  )
}
