'use client'

import { useState } from 'react'
import { Segmented } from '@/components/ui/segmented'
import { type Reasoner, reasonerSchema } from '@/core/selection/report-cost'
import type { ReportOptions } from '@/core/selection/report-status'
import type { ReportSummary } from '@/core/selection/report-summary'
import { MethodPlot } from './method-plot'
import { MethodTable } from './method-table'
import { ReasonerFields } from './reasoner-fields'
import { ReportNotes } from './report-notes'
import { linesOf } from './report-words'
import { TaskTable } from './task-table'

/** The figures of one finished report. */
export function ReportFigures({ summary, options, base }: { summary: ReportSummary; options: ReportOptions; base: string }) {
  const [delta, setDelta] = useState<'1' | '2'>('1')
  const [reasoner, setReasoner] = useState<Reasoner>(reasonerSchema.parse({}))
  const deltaSec = delta === '1' ? 1 : 2
  const lines = linesOf(summary.methods, deltaSec, reasoner)
  if (lines.length === 0) return <ReportNotes summary={summary} options={options} base={base} />
  return (
    <>
      <MethodTable
        lines={lines}
        tools={
          <Segmented
            label="A frame matches within"
            value={delta}
            onChange={setDelta}
            choices={[
              { value: '1', label: '±1 s' },
              { value: '2', label: '±2 s' },
            ]}
          />
        }
      />
      <div className="grid flex-none grid-cols-[minmax(0,1fr)_minmax(280px,360px)] gap-4">
        <MethodPlot lines={lines} deltaSec={deltaSec} />
        <div className="flex min-w-0 flex-col gap-4">
          <ReportNotes summary={summary} options={options} base={base} />
          <ReasonerFields reasoner={reasoner} onChange={setReasoner} />
        </div>
      </div>
      <TaskTable tasks={summary.tasks} deltaSec={deltaSec} />
    </>
  )
}
