'use client'

import { Checkbox as Base } from '@base-ui/react/checkbox'
import clsx from 'clsx'
import { Check, Minus } from 'lucide-react'

type CheckBoxProps = {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
  /** Some, not all, of what the box stands for. */
  isMixed?: boolean
  disabled?: boolean
  className?: string
}

/** A 14 px box; `label` is read aloud only, the visible words stand beside it. */
export function CheckBox({ label, checked, onChange, isMixed = false, disabled = false, className }: CheckBoxProps) {
  return (
    <Base.Root
      aria-label={label}
      checked={checked}
      indeterminate={isMixed}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next)}
      className={clsx(
        'inline-flex size-3.5 flex-none items-center justify-center rounded-[3px] border border-line-control bg-well text-accent-ink data-checked:border-accent data-indeterminate:border-accent data-checked:bg-accent data-indeterminate:bg-accent',
        className,
      )}
    >
      <Base.Indicator className="flex">
        {isMixed ? <Minus size={10} strokeWidth={3} aria-hidden /> : <Check size={10} strokeWidth={3} aria-hidden />}
      </Base.Indicator>
    </Base.Root>
  )
}
