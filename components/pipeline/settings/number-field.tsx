'use client'

import { useState } from 'react'
import { TextField } from '@/components/ui/text-field'

type NumberFieldProps = {
  label: string
  value: number
  min: number
  max: number
  isWhole?: boolean
  hint?: string
  disabled?: boolean
  onChange: (value: number) => void
}

/** A number as a person types it: an unfinished one stays in the field, with the reason, and is not taken. */
export function NumberField({ label, value, min, max, isWhole = false, hint, disabled = false, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? String(value)
  const problem = problemOf(text, { min, max, isWhole })
  return (
    <TextField
      label={label}
      value={text}
      inputMode="decimal"
      disabled={disabled}
      {...(hint === undefined ? {} : { hint })}
      error={problem}
      onChange={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        if (problemOf(next, { min, max, isWhole }) === null) onChange(Number(next))
      }}
      onBlur={() => problem === null && setTyped(null)}
    />
  )
}

function problemOf(text: string, { min, max, isWhole }: { min: number; max: number; isWhole: boolean }): string | null {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) return 'Enter a number.'
  if (isWhole && !Number.isInteger(value)) return 'Enter a whole number.'
  return value < min || value > max ? `Enter a number from ${min} to ${max}.` : null
}
