'use client'

import { TextField } from '@/components/ui/text-field'
import { parseDollars } from './dollars'

type CapFieldProps = { label: string; value: string; onChange: (value: string) => void; hint?: string }

/** An amount in dollars, or nothing for no cap. */
export function CapField({ label, value, onChange, hint = 'In dollars. Empty = no cap.' }: CapFieldProps) {
  return (
    <TextField
      label={label}
      value={value}
      inputMode="decimal"
      placeholder="no cap"
      onChange={(event) => onChange(event.currentTarget.value)}
      hint={hint}
      error={parseDollars(value) === undefined ? 'Enter an amount such as 40 or 12.50, or leave it empty.' : null}
    />
  )
}
