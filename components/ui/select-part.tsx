'use client'

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronsUpDown } from 'lucide-react'
import type { Ref } from 'react'
import { selectClass } from './select-style'

export type SelectChoice<T extends string> = { value: T; label: string; note?: string }

export type SelectProps<T extends string> = {
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

type SelectPartProps<T extends string> = SelectProps<T> & { triggerRef: Ref<HTMLElement>; startsOpen: boolean }

/** The real thing behind `ui/select.tsx`, fetched after the first picture. `startsOpen` = it was asked for before it was there. */
export function SelectPart<T extends string>({
  label,
  value,
  onChange,
  choices,
  disabled = false,
  name,
  size = 'md',
  className,
  triggerRef,
  startsOpen,
}: SelectPartProps<T>) {
  const items = Object.fromEntries(choices.map((choice) => [choice.value, choice.label]))
  return (
    <Base.Root
      items={items}
      defaultOpen={startsOpen}
      value={value}
      disabled={disabled}
      {...(name === undefined ? {} : { name })}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
    >
      <Base.Trigger ref={triggerRef as Ref<HTMLButtonElement>} aria-label={label} className={selectClass(size, className)}>
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
