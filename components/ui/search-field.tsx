'use client'

import clsx from 'clsx'
import { Search, X } from 'lucide-react'
import { type ComponentProps, useRef } from 'react'
import { Kbd } from './kbd'

type SearchFieldProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'type'> & {
  label: string
  value: string
  onChange: (value: string) => void
  shortcut?: string
}

export function SearchField({ label, value, onChange, shortcut, className, placeholder = label, ...rest }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div
      className={clsx(
        'flex h-(--h-control) min-w-0 items-center gap-1.5 rounded-2 border border-line-strong bg-well px-2 text-fg-3 has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-1',
        className,
      )}
    >
      <Search size={14} strokeWidth={1.5} className="flex-none text-fg-2" aria-hidden />
      <input
        {...rest}
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="min-w-0 flex-1 appearance-none bg-transparent text-12 text-fg outline-none [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== '' ? (
        <button
          type="button"
          aria-label="Clear search"
          className="flex-none rounded-1 text-fg-3 hover:text-fg"
          onClick={() => {
            onChange('')
            input.current?.focus()
          }}
        >
          <X size={14} strokeWidth={1.5} aria-hidden />
        </button>
      ) : shortcut === undefined ? null : (
        <Kbd keys={shortcut} />
      )}
    </div>
  )
}
