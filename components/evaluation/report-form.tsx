'use client'

import { useState } from 'react'
import { countOf } from '@/components/project/numbers'
import { Button } from '@/components/ui/button'
import { CheckBox } from '@/components/ui/check-box'
import { Select } from '@/components/ui/select'
import { type ReportOptions, STANDARD_REPORT } from '@/core/selection/report-status'
import { SIGNALS, type SignalName } from '@/core/selection/signals/blend'

const WORDS: Readonly<Record<SignalName, string>> = { text: 'Captions', objects: 'Objects', vision: 'Vision model' }
const SIZES = ['1', '2', '3', '4', '6', '8'] as const

type ReportFormProps = { reviewed: number; isBusy: boolean; onStart: (options: ReportOptions) => void }

/** What relevance is made of, and how many frames the methods with a fixed number take. */
export function ReportForm({ reviewed, isBusy, onStart }: ReportFormProps) {
  const [weights, setWeights] = useState(STANDARD_REPORT.weights)
  const [k, setK] = useState<(typeof SIZES)[number]>('3')
  const isChosen = SIGNALS.some((name) => weights[name] > 0)
  const canStart = isChosen && reviewed > 0 && !isBusy
  const why = reviewed === 0 ? 'No sample is settled yet. Approve one first.' : isChosen ? undefined : 'Choose at least one signal.'
  return (
    <section
      aria-label="New report"
      className="flex flex-none flex-wrap items-center gap-x-5 gap-y-2 rounded-4 border border-line bg-panel px-4 py-3"
    >
      <span className="font-medium text-11 text-fg-3">Relevance from</span>
      {SIGNALS.map((name) => (
        <div key={name} className="flex items-center gap-1.5">
          <CheckBox
            label={WORDS[name]}
            checked={weights[name] > 0}
            onChange={(isOn) => setWeights((now) => ({ ...now, [name]: isOn ? 1 : 0 }))}
          />
          <span aria-hidden>{WORDS[name]}</span>
        </div>
      ))}
      <div className="flex items-center gap-2">
        <span className="font-medium text-11 text-fg-3">Frames of a fixed number</span>
        <Select label="Frames" value={k} onChange={setK} choices={SIZES.map((size) => ({ value: size, label: size }))} className="w-16" />
      </div>
      <span className="min-w-2 flex-1" />
      <Button variant="primary" aria-disabled={!canStart} title={why} onClick={() => canStart && onStart({ weights, k: Number(k) })}>
        {reviewed === 0 ? 'Nothing to measure yet' : `Measure on ${countOf(reviewed, 'settled sample')}`}
      </Button>
    </section>
  )
}
