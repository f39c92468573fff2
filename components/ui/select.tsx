'use client'

import { Select as Base } from '@base-ui/react/select'
import clsx from 'clsx'
import { Check, ChevronsUpDown } from 'lucide-react'

export type SelectChoice<T extends string> = { value: T; label: string; note?: string }

type SelectProps<T extends string> = {
  label: string
  value: T
  onChange: (value: T) => void
  choices: readonly SelectChoice<T>[]
  disabled?: boolean
  /** Name of the form field, if the select stands in a plain form. */
  name?: string
  size?: 'sm' | 'md'
  className?: string
}

export function Select<T extends string>({
  label,
  value,
  onChange,
  choices,
  disabled = false,
  name,
  size = 'md',
  className,
}: SelectProps<T>) {
  const items = Object.fromEntries(choices.map((choice) => [choice.value, choice.label]))
  return (
    <Base.Root
      items={items}
      value={value}
      disabled={disabled}
      {...(name === undefined ? {} : { name })}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
    >
      <Base.Trigger
        aria-label={label}
        className={clsx(
          'inline-flex min-w-28 items-center gap-2 rounded-2 border border-line-strong bg-control pr-1.5 pl-2.5 font-medium text-12 text-fg shadow-1 hover:bg-control-hover data-disabled:border-dashed data-disabled:bg-transparent data-disabled:text-fg-3 data-disabled:shadow-none',
          size === 'sm' ? 'h-(--h-control-sm)' : 'h-(--h-control)',
          className,
        )}
      >
        <Base.Value className="min-w-0 flex-1 truncate text-left" />
        <Base.Icon className="flex-none text-fg-3">
          <ChevronsUpDown size={14} strokeWidth={1.5} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className="overlay max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-3 bg-raised p-1 text-fg shadow-2 outline-none">
            {choices.map((choice) => (
              <Base.Item
                key={choice.value}
                value={choice.value}
                className="flex min-h-(--h-control) select-none items-center gap-3 rounded-2 px-2 py-1 text-12 outline-none data-highlighted:bg-selected"
              >
                <Base.ItemText className="min-w-0 flex-1">{choice.label}</Base.ItemText>
                {choice.note === undefined ? null : <span className="text-11 text-fg-3">{choice.note}</span>}
                <span className="w-3.5 flex-none">
                  <Base.ItemIndicator>
                    <Check size={14} strokeWidth={1.75} aria-hidden />
                  </Base.ItemIndicator>
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
