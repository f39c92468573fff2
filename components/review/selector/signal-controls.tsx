'use client'

import type { SuggestionSettings } from '@/browser/selector/suggestion'
import { Select } from '@/components/ui/select'
import { Slider } from '@/components/ui/slider'
import { bytesOfModel } from '@/core/models/model-list'
import { diversityOptions } from '@/core/selection/diversity'
import { METHOD_NAMES } from '@/core/selection/method-names'
import { MOST_ADAPTIVE } from '@/core/selection/selection-options'
import type { SignalName } from '@/core/selection/signals/blend'
import { bytesText, METHOD_CHOICES, SIGNAL_NAMES } from './selector-words'
import { useDualEncoders } from './use-dual-encoders'

type ControlsProps = { readonly settings: SuggestionSettings; readonly onChange: (part: Partial<SuggestionSettings>) => void }

/** Two or three frames is what the method is for; more than this is another question. */
const MOST_FRAMES = 12
const DEVICE_CHOICES = [
  { value: 'auto', label: 'Automatic', note: 'graphics card where there is a real one' },
  { value: 'webgpu', label: 'WebGPU', note: 'software adapters too' },
  { value: 'wasm', label: 'Processor' },
] as const
const NONE = ''
const FIRST_VISION_WEIGHT = 0.5

/** What relevance is made of, and how frames are chosen by it. */
export function SelectorControls({ settings, onChange }: ControlsProps) {
  const { method, diversity, k } = settings
  const hasDiversity = diversityOptions(method, diversity) !== null
  const isAdaptive = method === 'adaptive'
  return (
    <>
      <h3 className="flex h-6 items-center font-semibold text-11 text-fg-2">Signals</h3>
      <Weight settings={settings} onChange={onChange} name="text" />
      <Weight settings={settings} onChange={onChange} name="objects" />
      <VisionControl settings={settings} onChange={onChange} />
      <div className="flex h-7 items-center gap-2" title={METHOD_NAMES[method].about}>
        <h3 className="flex-1 font-semibold text-11 text-fg-2">Method</h3>
        <Select label="Method" value={method} size="sm" choices={METHOD_CHOICES} onChange={(value) => onChange({ method: value })} />
      </div>
      <Slider
        label="Diversity"
        value={diversity}
        disabled={!hasDiversity}
        {...(hasDiversity ? {} : { text: 'none' })}
        title={hasDiversity ? undefined : `${METHOD_NAMES[method].name} does not weigh diversity`}
        onChange={(value) => onChange({ diversity: value })}
      />
      <Slider
        label={isAdaptive ? 'At most' : 'Frames'}
        value={isAdaptive ? Math.min(k, MOST_ADAPTIVE) : k}
        min={1}
        max={isAdaptive ? MOST_ADAPTIVE : MOST_FRAMES}
        step={1}
        text={String(isAdaptive ? Math.min(k, MOST_ADAPTIVE) : k)}
        onChange={(value) => onChange({ k: value })}
      />
      <div className="flex h-7 items-center gap-2">
        <span className="flex-1 text-fg-2">Runs on</span>
        <Select label="Runs on" value={settings.device} size="sm" choices={DEVICE_CHOICES} onChange={(device) => onChange({ device })} />
      </div>
    </>
  )
}

function Weight({ settings: { weights }, onChange, name, label }: ControlsProps & { readonly name: SignalName; readonly label?: string }) {
  return (
    <Slider
      label={label ?? SIGNAL_NAMES[name].name}
      title={SIGNAL_NAMES[name].about}
      value={weights[name]}
      onChange={(value) => onChange({ weights: { ...weights, [name]: value } })}
    />
  )
}

/** Off where nothing is registered. Otherwise a model is chosen first, by its size and licence; only then is it fetched. */
function VisionControl({ settings, onChange }: ControlsProps) {
  const { models, problem } = useDualEncoders()
  const { visionModel, weights } = settings
  if (models.length === 0) {
    const about = problem ?? 'No dual encoder is registered: crema models add FOLDER'
    return <Slider label={SIGNAL_NAMES.vision.name} value={0} disabled text="none" title={about} onChange={() => {}} />
  }
  const choices = models.map((model) => ({
    value: model.name,
    label: model.name,
    note: `${bytesText(bytesOfModel(model))}, licence ${model.licence ?? 'unknown'}`,
  }))
  const choose = (name: string) => {
    if (name === NONE) onChange({ visionModel: null, weights: { ...weights, vision: 0 } })
    else onChange({ visionModel: name, weights: { ...weights, vision: weights.vision > 0 ? weights.vision : FIRST_VISION_WEIGHT } })
  }
  return (
    <>
      <div className="flex h-7 items-center gap-2" title={SIGNAL_NAMES.vision.about}>
        <span className="w-13 flex-none text-fg-2">{SIGNAL_NAMES.vision.name}</span>
        <Select
          label="Vision model"
          value={visionModel ?? NONE}
          size="sm"
          className="min-w-0 flex-1"
          choices={[{ value: NONE, label: 'none' }, ...choices]}
          onChange={choose}
        />
      </div>
      {visionModel === null ? null : (
        <>
          <Weight settings={settings} onChange={onChange} name="vision" label="Weight" />
          <p className="mb-1 text-10 text-fg-3 leading-3">{choices.find(({ value }) => value === visionModel)?.note}</p>
        </>
      )}
    </>
  )
}
