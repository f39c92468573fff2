import Link from 'next/link'
import type { ReactNode } from 'react'
import { countOf, formatCount } from '@/components/project/numbers'
import { Panel } from '@/components/project/panel'
import { LEFT_OUT_WORDS } from '@/core/selection/report-row'
import type { ReportOptions } from '@/core/selection/report-status'
import { LEAST_VIDEOS, type ReportSummary } from '@/core/selection/report-summary'

/** What the figures rest on, what they leave out, and what flatters them. */
export function ReportNotes({ summary, options, base }: { summary: ReportSummary; options: ReportOptions; base: string }) {
  const { videos, captionedHere, adopted, reviewed, leftOut } = summary
  return (
    <Panel title="What this rests on" className="pb-3">
      <ul className="flex flex-col gap-1.5 px-4 text-fg-2">
        {videos < LEAST_VIDEOS ? (
          <Note>
            {countOf(videos, 'video')}: too few to say how far F1 would move with other ones. From {LEAST_VIDEOS} videos on each F1 has a 95
            % interval.
          </Note>
        ) : null}
        {adopted > 0 ? (
          <Note>
            {formatCount(adopted)} of {countOf(reviewed, 'core frame')} had been proposed by a selector before a person adopted it. That
            flatters selectors.
          </Note>
        ) : null}
        <Note>
          {captionedHere === 0
            ? 'Captions are those of runs; what they cost is not counted.'
            : `On ${countOf(captionedHere, 'video')} no run has captioned, captions are made from one look of the detector. Captions of runs are not counted in the cost.`}
        </Note>
        {options.weights.vision > 0 ? <Note>The dual encoder of the vision signal is in the time, not in the TFLOPs.</Note> : null}
        {leftOut.map(({ reason, samples, example }) => (
          <Note key={reason}>
            {countOf(samples, 'settled sample')} left out: {LEFT_OUT_WORDS[reason]}.{' '}
            <Link href={`${base}/review?sample=${example}`} className="rounded-1 underline decoration-line-strong underline-offset-2">
              Open one
            </Link>
          </Note>
        ))}
      </ul>
    </Panel>
  )
}

function Note({ children }: { children: ReactNode }) {
  return <li className="max-w-prose">{children}</li>
}
