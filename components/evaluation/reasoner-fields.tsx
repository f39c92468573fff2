'use client'

import { useId } from 'react'
import { Panel } from '@/components/project/panel'
import { type Reasoner, reasonerSchema } from '@/core/selection/report-cost'

type Field = {
  readonly key: 'parameters' | 'tokensPerFrame' | 'textTokens' | 'baseFlops' | 'baseFrames'
  readonly label: string
  readonly unit: number
}

const FIELDS: readonly Field[] = [
  { key: 'parameters', label: 'Parameters, billions', unit: 1e9 },
  { key: 'tokensPerFrame', label: 'Tokens a frame', unit: 1 },
  { key: 'textTokens', label: 'Tokens of text', unit: 1 },
  { key: 'baseFlops', label: 'Paper base, TFLOPs', unit: 1e12 },
  { key: 'baseFrames', label: 'Paper base, frames', unit: 1 },
]

/** The reasoner that the costs are counted for. A number that cannot be one is not taken over. */
export function ReasonerFields({ reasoner, onChange }: { reasoner: Reasoner; onChange: (reasoner: Reasoner) => void }) {
  const id = useId()
  const take = ({ key, unit }: Field, typed: string) => {
    const next = reasonerSchema.safeParse({ ...reasoner, [key]: Number(typed) * unit })
    if (typed.trim() !== '' && next.success) onChange(next.data)
  }
  return (
    <Panel title="Reasoner" note="whose frames are counted" className="pb-3">
      <div className="grid grid-cols-[minmax(0,1fr)_88px] items-center gap-x-3 gap-y-1.5 px-4">
        {FIELDS.map((field) => (
          <div key={field.key} className="contents">
            <label htmlFor={`${id}-${field.key}`} className="truncate text-fg-2">
              {field.label}
            </label>
            <input
              id={`${id}-${field.key}`}
              type="number"
              step="any"
              min={0}
              defaultValue={reasoner[field.key] / field.unit}
              onChange={(event) => take(field, event.target.value)}
              className="num h-(--h-control-sm) rounded-2 border border-line-strong bg-well px-2 text-right text-12 text-fg [appearance:textfield] hover:border-line-control [&::-webkit-inner-spin-button]:appearance-none"
            />
          </div>
        ))}
        <p className="col-span-full max-w-prose text-fg-3">
          2 · parameters · tokens, without the quadratic part of attention. Paper style is base · frames / base frames and leaves the
          selector out.
        </p>
      </div>
    </Panel>
  )
}
