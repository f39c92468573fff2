import { Check, X } from 'lucide-react'
import type { Criterion, Judgement } from '@/core/pipeline/outputs'

const CRITERIA: Readonly<Record<Criterion, string>> = {
  not_observable: 'not to be seen in the video',
  subjective: 'a matter of opinion',
  single_frame: 'one frame is enough',
  inconsistent: 'question and answer do not fit',
  not_answerable: 'cannot be answered',
  trivial: 'too easy',
  malformed: 'badly written',
}

/** What each judge said of a question. */
export function JudgementList({ judgements }: { judgements: readonly Judgement[] }) {
  return (
    <ul className="mt-1 flex flex-col gap-0.5">
      {judgements.map(({ judge, verdict, criterion, reason }) => (
        <li key={judge} className="flex items-start gap-1.5 text-fg-2">
          {verdict === 'keep' ? (
            <Check size={12} strokeWidth={2} className="mt-0.5 flex-none text-ok" aria-label="keeps it" />
          ) : (
            <X size={12} strokeWidth={2} className="mt-0.5 flex-none text-bad" aria-label="rejects it" />
          )}
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <span className="text-fg-3">{judge}: </span>
            {criterion === null ? '' : <span className="font-medium text-fg">{CRITERIA[criterion]}. </span>}
            {reason}
          </span>
        </li>
      ))}
    </ul>
  )
}
