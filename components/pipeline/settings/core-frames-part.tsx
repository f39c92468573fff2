'use client'

import { Segmented } from '@/components/ui/segmented'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/ui/text-field'
import { FIRST_SELECTOR, type SelectorSettings } from '@/core/pipeline/settings'
import { diversityOptions } from '@/core/selection/diversity'
import { METHOD_NAMES } from '@/core/selection/method-names'
import { SELECTION_METHODS } from '@/core/selection/selection-options'
import { SIGNALS } from '@/core/selection/signals/blend'
import { Problem, SettingsSection } from './field-row'
import { NumberField } from './number-field'
import type { SettingsDraft } from './settings-draft'

const METHODS = SELECTION_METHODS.map((method) => ({ value: method, label: METHOD_NAMES[method].name }))
const NOTE = {
  writer: 'The writer of the evidence names the captions that a question rests on.',
  selector:
    'A selector ranks the frames of a group for each question and chooses among them; nobody is asked. Evidence from templates keeps the frames it was seen on beside them.',
} as const

/** Who picks the core frames of a draft. */
export function CoreFramesPart({ draft, canEdit }: { draft: SettingsDraft; canEdit: boolean }) {
  const { selector } = draft.settings
  const by = selector === null ? 'writer' : 'selector'
  const take = (next: 'writer' | 'selector') => {
    if (canEdit && next !== by) draft.change({ selector: next === 'writer' ? null : FIRST_SELECTOR })
  }
  return (
    <SettingsSection title="Core frames" note={NOTE[by]}>
      <Segmented
        label="Core frames picked by"
        value={by}
        onChange={take}
        choices={[
          { value: 'writer', label: 'the writer' },
          { value: 'selector', label: 'a selector' },
        ]}
        className="self-start"
      />
      {selector === null ? null : (
        <SelectorFields selector={selector} disabled={!canEdit} onChange={(part) => draft.change({ selector: { ...selector, ...part } })} />
      )}
      <Problem messages={draft.problemsOf('selector')} />
    </SettingsSection>
  )
}

type FieldsProps = {
  selector: SelectorSettings
  disabled: boolean
  onChange: (part: Partial<SelectorSettings>) => void
}

function SelectorFields({ selector, disabled, onChange }: FieldsProps) {
  const { method, k, diversity, weights, visionModel } = selector
  const hasDiversity = diversityOptions(method, diversity) !== null
  return (
    <>
      <div className="flex flex-col gap-1">
        <Select
          label="Method of the selector"
          value={method}
          choices={METHODS}
          disabled={disabled}
          className="w-52"
          onChange={(next) => onChange({ method: next })}
        />
        <p className="text-fg-3">{METHOD_NAMES[method].about}</p>
      </div>
      <div className="grid grid-cols-2 gap-4 min-[1100px]:grid-cols-4">
        <NumberField
          label={method === 'adaptive' ? 'Frames, at most' : 'Frames'}
          value={k}
          min={1}
          max={8}
          isWhole
          disabled={disabled}
          onChange={(next) => onChange({ k: next })}
        />
        <NumberField
          label="Diversity"
          hint={hasDiversity ? '0 relevance alone, 1 as varied as it can' : 'not weighed by this method'}
          value={diversity}
          min={0}
          max={1}
          disabled={disabled || !hasDiversity}
          onChange={(next) => onChange({ diversity: next })}
        />
        {SIGNALS.map((name) => (
          <NumberField
            key={name}
            label={WEIGHTS[name].label}
            hint={WEIGHTS[name].hint}
            value={weights[name]}
            min={0}
            max={1000}
            disabled={disabled}
            onChange={(next) => onChange({ weights: { ...weights, [name]: next } })}
          />
        ))}
        {weights.vision > 0 || visionModel !== null ? (
          <TextField
            label="Vision model"
            hint="a registered CLIP or SigLIP"
            value={visionModel ?? ''}
            disabled={disabled}
            onChange={(event) => onChange({ visionModel: event.currentTarget.value === '' ? null : event.currentTarget.value })}
          />
        ) : null}
      </div>
    </>
  )
}

const WEIGHTS = {
  text: { label: 'Weight of text', hint: 'question and captions' },
  objects: { label: 'Weight of objects', hint: 'asked things on the frame' },
  vision: { label: 'Weight of vision', hint: 'question and pixels' },
} as const
