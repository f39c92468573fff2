'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'

type SegmentedProps<T extends string> = {
  label: string
  value: T
  onChange: (value: T) => void
  choices: readonly { value: T; label: ReactNode; note?: ReactNode }[]
  className?: string
}

/** One of few, all in view. Arrow keys move as in any radio group. */
export function Segmented<T extends string>({ label, value, onChange, choices, className }: SegmentedProps<T>) {
  return (
    <fieldset className={clsx('inline-flex flex-none gap-px rounded-2 border border-line bg-well p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={clsx(
            'inline-flex h-[22px] items-center gap-1.5 whitespace-nowrap rounded-1 px-2 font-medium text-12 has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-1',
            choice.value === value ? 'bg-control text-fg shadow-1 ring-1 ring-line-strong' : 'text-fg-2 hover:text-fg',
          )}
        >
          <input type="radio" className="sr-only" name={label} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          {choice.label}
          {choice.note === undefined ? null : <span className="font-regular text-fg-3">{choice.note}</span>}
        </label>
      ))}
    </fieldset>
  )
}
