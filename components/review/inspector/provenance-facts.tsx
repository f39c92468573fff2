'use client'

import type { ReactNode } from 'react'
import { DRAFT_PROVENANCE } from '@/core/formats/videoespresso/provenance'
import { useReview } from '../review-context'
import { writerText } from '../words'

/** Who wrote the draft of this record (invariant 9), with what is known of how. */
export function ProvenanceFacts({ recordId, isNew }: { recordId: string; isNew: boolean }) {
  const provenance = useReview((state) => state.sample.provenance[recordId] ?? state.sample.provenance[DRAFT_PROVENANCE])
  const source = useReview((state) => state.sample.source)
  if (isNew) return <Fact name="Written by">a reviewer, not in the draft</Fact>
  const { who, what } = writerText(provenance)
  const row = source?.row
  const cost = provenance?.costMicroUsd
  return (
    <>
      <Fact name="Written by">
        {who}
        {what === null ? null : (
          <>
            <span className="text-fg-3"> · </span>
            {what}
          </>
        )}
        {provenance === undefined || provenance.kind === 'import' ? (
          <span className="text-fg-3">
            {source === null ? '' : ` · ${source.format}${source.variant === null ? '' : ` ${source.variant}`}`}
            {row == null ? '' : `, row ${row + 1}`}
          </span>
        ) : null}
      </Fact>
      {provenance?.promptHash == null ? null : (
        <Fact name="Prompt">
          <span className="code-11">{provenance.promptHash.slice(0, 7)}</span>
          {cost == null ? null : <span className="num text-fg-3"> · ${(cost / 1_000_000).toFixed(4)}</span>}
        </Fact>
      )}
    </>
  )
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-3">{name}</dt>
      <dd className="min-w-0 truncate">{children}</dd>
    </>
  )
}
