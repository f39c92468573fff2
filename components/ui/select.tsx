'use client'

import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { late, useFocusCarry, useLate } from './late'
import type { SelectProps } from './select-part'
import { selectClass } from './select-style'

const selectPart = late(() => import('./select-part'))

export function Select<T extends string>(props: SelectProps<T>) {
  const [isWanted, setIsWanted] = useState(false)
  const part = useLate(selectPart, isWanted)
  const { standIn, real } = useFocusCarry()
  if (part !== null) return <part.SelectPart {...props} triggerRef={real} startsOpen={isWanted} />
  const { label, value, choices, disabled = false, name, size = 'md', className } = props
  return (
    <>
      <button
        ref={standIn}
        type="button"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded={false}
        aria-label={label}
        disabled={disabled}
        data-disabled={disabled ? '' : undefined}
        className={selectClass(size, className)}
        onClick={() => setIsWanted(true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setIsWanted(true)
        }}
      >
        <span className="min-w-0 flex-1 truncate text-left">{choices.find((choice) => choice.value === value)?.label}</span>
        <ChevronsUpDown size={14} strokeWidth={1.5} className="flex-none text-fg-3" aria-hidden />
      </button>
      {name === undefined ? null : <input type="hidden" name={name} value={value} />}
    </>
  )
}
