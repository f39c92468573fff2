'use client'

import { CheckBox } from '@/components/ui/check-box'
import { Problem, SettingsSection } from './field-row'
import { NumberField } from './number-field'
import type { SettingsDraft } from './settings-draft'

/** Counts and thresholds of the stages after the questions are written. */
export function NumbersPart({ draft, canEdit }: { draft: SettingsDraft; canEdit: boolean }) {
  const { settings, change } = draft
  const { coreFrames, retrieval, detection, verification, options } = settings
  const disabled = !canEdit
  return (
    <SettingsSection title="Questions and evidence" note="How much is written, and from where on a box or a frame counts as found.">
      <div className="grid grid-cols-2 gap-4 min-[1100px]:grid-cols-4">
        <NumberField
          label="Captions a call"
          value={settings.captionBatch}
          min={1}
          max={64}
          isWhole
          disabled={disabled}
          onChange={(captionBatch) => change({ captionBatch })}
        />
        <NumberField
          label="Captions a group"
          value={settings.groupSize}
          min={2}
          max={200}
          isWhole
          disabled={disabled}
          onChange={(groupSize) => change({ groupSize })}
        />
        <NumberField
          label="Questions a group"
          value={settings.pairsPerGroup}
          min={1}
          max={20}
          isWhole
          disabled={disabled}
          onChange={(pairsPerGroup) => change({ pairsPerGroup })}
        />
        <NumberField
          label="Boxes an object"
          hint="on one frame, at most"
          value={detection.maxBoxes}
          min={1}
          max={50}
          isWhole
          disabled={disabled}
          onChange={(maxBoxes) => change({ detection: { ...detection, maxBoxes } })}
        />
        <NumberField
          label="Core frames, fewest"
          value={coreFrames.min}
          min={1}
          max={8}
          isWhole
          disabled={disabled}
          onChange={(min) => change({ coreFrames: { ...coreFrames, min } })}
        />
        <NumberField
          label="Core frames, most"
          value={coreFrames.max}
          min={1}
          max={8}
          isWhole
          disabled={disabled}
          onChange={(max) => change({ coreFrames: { ...coreFrames, max } })}
        />
        <NumberField
          label="Box threshold"
          hint="score of a box"
          value={detection.boxThreshold}
          min={0}
          max={1}
          disabled={disabled}
          onChange={(boxThreshold) => change({ detection: { ...detection, boxThreshold } })}
        />
        <NumberField
          label="Text threshold"
          hint="score of its phrase"
          value={detection.textThreshold}
          min={0}
          max={1}
          disabled={disabled}
          onChange={(textThreshold) => change({ detection: { ...detection, textThreshold } })}
        />
        <NumberField
          label="Verifier threshold"
          hint="agreement of crop and phrase"
          value={verification.threshold}
          min={-1}
          max={1}
          disabled={disabled}
          onChange={(threshold) => change({ verification: { ...verification, threshold } })}
        />
        <NumberField
          label="Low margin"
          hint="of finding a frame again"
          value={retrieval.lowMargin}
          min={0}
          max={1}
          disabled={disabled}
          onChange={(lowMargin) => change({ retrieval: { lowMargin } })}
        />
        <NumberField
          label="Seed of the options"
          hint="shuffles the labels"
          value={options.seed}
          min={0}
          max={2_147_483_647}
          isWhole
          disabled={disabled}
          onChange={(seed) => change({ options: { ...options, seed } })}
        />
      </div>
      <Switch
        label="A box must fit its own phrase best among those of the sample"
        isOn={verification.mustRankFirst}
        {...{ disabled }}
        onChange={(mustRankFirst) => change({ verification: { ...verification, mustRankFirst } })}
      />
      <Switch
        label="Write three wrong answers beside the right one"
        isOn={options.isOn}
        {...{ disabled }}
        onChange={(isOn) => change({ options: { ...options, isOn } })}
      />
      <Problem messages={draft.problemsOf('coreFrames')} />
    </SettingsSection>
  )
}

export function Switch({
  label,
  isOn,
  disabled,
  onChange,
}: {
  label: string
  isOn: boolean
  disabled: boolean
  onChange: (isOn: boolean) => void
}) {
  return (
    <div className="flex items-center gap-2">
      <CheckBox label={label} checked={isOn} disabled={disabled} onChange={onChange} />
      <span aria-hidden className="text-fg-2">
        {label}
      </span>
    </div>
  )
}
