'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { getJson } from '@/browser/api'
import { JudgementList } from '@/components/pipeline/judgement-list'
import { smallMoneyText } from '@/components/pipeline/run-words'
import { Dialog } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import { toAppError } from '@/core/errors'
import { type OriginStage, type SampleOrigin, sampleOriginSchema } from '@/core/pipeline/sample-origin'
import { useReview, useSession } from '../review-context'
import { ratioText } from '../stage-boxes'

/** Every stage behind a sample of the pipeline, and what they did not take. */
export function OriginDialog({ onClose }: { onClose: () => void }) {
  const { project } = useSession()
  const sampleId = useReview((state) => state.sample.id)
  const [origin, setOrigin] = useState<SampleOrigin | null | undefined>(undefined)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const control = new AbortController()
    getJson(`/api/projects/${project.id}/samples/${sampleId}/origin`, sampleOriginSchema.nullable(), { signal: control.signal }).then(
      setOrigin,
      (error: unknown) => !control.signal.aborted && setProblem(toAppError(error).message),
    )
    return () => control.abort()
  }, [project.id, sampleId])
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} size="lg" title="Where this sample came from">
      {problem !== null ? (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      ) : origin === undefined ? (
        <Skeleton className="h-60 w-full" />
      ) : origin === null ? (
        <p className="text-fg-2">The run that drafted it is gone; what each record says of itself is all there is.</p>
      ) : (
        <div className="flex flex-col gap-5">
          <p className="text-fg-2">
            Drafted by{' '}
            <Link
              href={`/projects/${project.slug}/runs/${origin.runNumber}`}
              className="font-medium text-accent-fg underline-offset-2 hover:underline"
            >
              run {origin.runNumber}
            </Link>
            .
          </p>
          <Stages stages={origin.stages} />
          <LeftOut origin={origin} />
        </div>
      )}
    </Dialog>
  )
}

const GRID = 'grid grid-cols-[140px_minmax(0,1fr)_72px_72px_72px_132px] items-center gap-3'

const COLUMNS: readonly TableColumn[] = [
  { key: 'stage', label: 'Stage' },
  { key: 'model', label: 'Model' },
  { key: 'prompt', label: 'Prompt' },
  { key: 'took', label: 'Took', align: 'right' },
  { key: 'price', label: 'Price', align: 'right' },
  { key: 'when', label: 'When', align: 'right' },
]

function Stages({ stages }: { stages: readonly OriginStage[] }) {
  return (
    <table className="block">
      <TableHead columns={COLUMNS} line={clsx(GRID, 'h-6')} className="block" />
      <tbody className="block">
        {stages.map((stage) => (
          <tr key={stage.stage} className={clsx(GRID, 'num min-h-6 border-line border-t')}>
            <th scope="row" className="truncate text-left font-medium">
              {stage.stage}
            </th>
            <td className="truncate text-fg-2" title={modelOf(stage)}>
              {modelOf(stage)}
            </td>
            <td className="code-11 text-fg-3">{stage.provenance?.promptHash?.slice(0, 7) ?? '–'}</td>
            <td className="text-right text-fg-2">
              {stage.durationMs < 1000 ? `${Math.round(stage.durationMs)} ms` : `${(stage.durationMs / 1000).toFixed(1)} s`}
            </td>
            <td className="text-right text-fg-2" title={stage.isMemo ? 'Taken from memory; this run paid nothing for it' : undefined}>
              {stage.isMemo ? 'memory' : smallMoneyText(stage.costMicroUsd)}
            </td>
            <td className="text-right text-fg-3">{stage.at.replace('T', ' ').slice(0, 16)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function modelOf({ provenance }: OriginStage): string {
  const words = [provenance?.provider, provenance?.model, provenance?.version].filter((word) => word != null)
  return words.length > 0 ? words.join(' · ') : 'no model, code of Crema'
}

function LeftOut({ origin }: { origin: SampleOrigin }) {
  const { refusedBoxes, undetectable, rejectedPairs } = origin
  if (refusedBoxes.length + undetectable.length + rejectedPairs.length === 0) return <p className="text-fg-3">Nothing was left out.</p>
  return (
    <>
      {refusedBoxes.length === 0 ? null : (
        <section aria-label="Boxes the verifier refused">
          <h3 className="mb-1 font-semibold">Boxes the verifier refused</h3>
          <ul>
            {refusedBoxes.map((box) => (
              <li key={`${box.frameIndex}:${box.rect.x}:${box.rect.y}:${box.score}`} className="num flex gap-2 py-0.5 text-fg-2">
                <span className="font-medium text-fg">{box.phrase}</span>
                <span>frame {box.frameIndex ?? '–'}</span>
                <span className="text-fg-3">
                  {Math.round(box.rect.w)} × {Math.round(box.rect.h)} at {Math.round(box.rect.x)}, {Math.round(box.rect.y)}
                </span>
                <span>score {ratioText(box.score)}</span>
                {box.agreement === null ? null : <span>agreement {box.agreement.toFixed(2)}</span>}
                <span className="min-w-0 truncate text-fg-3">{box.note}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {undetectable.length === 0 ? null : (
        <section aria-label="Not detectable">
          <h3 className="mb-1 font-semibold">Phrases the detector does not know</h3>
          <ul>
            {undetectable.map(({ phrase, reason }) => (
              <li key={phrase} className="py-0.5 text-fg-2">
                <span className="font-medium text-fg">{phrase}</span> <span className="text-fg-3">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {rejectedPairs.length === 0 ? null : (
        <section aria-label="Rejected questions of this video">
          <h3 className="mb-1 font-semibold">Rejected questions of this video</h3>
          <ul>
            {rejectedPairs.map(({ question, answer, judgements }) => (
              <li key={question} className="border-line border-t py-2 first:border-t-0">
                <p className="font-medium">{question}</p>
                <p className="text-fg-2">{answer}</p>
                <JudgementList judgements={judgements} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
