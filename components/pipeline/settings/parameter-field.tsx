'use client'

import { useState } from 'react'
import { TextField } from '@/components/ui/text-field'
import type { ProviderRef } from '@/core/pipeline/settings'
import { parseParameters, writeParameters } from './parameters'

type Parameters = ProviderRef['parameters']
type ParameterFieldProps = { name: string; value: Parameters; canEdit: boolean; onChange: (value: Parameters) => void }

/** What a language model is told besides the prompt, as `temperature=0 seed=1`. */
export function ParameterField({ name, value, canEdit, onChange }: ParameterFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? writeParameters(value)
  const parsed = parseParameters(text)
  return (
    <div className="min-w-40 flex-1">
      <TextField
        label={`Parameters of ${name}`}
        isLabelHidden
        placeholder="temperature=0 seed=1"
        className="code-11"
        value={text}
        disabled={!canEdit}
        error={typeof parsed === 'string' ? parsed : null}
        onBlur={() => typeof parsed !== 'string' && setTyped(null)}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          const next = parseParameters(event.currentTarget.value)
          if (typeof next !== 'string') onChange(next)
        }}
      />
    </div>
  )
}
