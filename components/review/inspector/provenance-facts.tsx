'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { DRAFT_PROVENANCE } from '@/core/formats/videoespresso/provenance'
import { useReview } from '../review-context'
import { originText, writerText } from '../words'

/** Fetched when somebody asks for it. */
const OriginDialog = dynamic(() => import('./origin-dialog').then((part) => part.OriginDialog))

/** Who wrote the draft of this record (invariant 9), with what is known of how. */
export function ProvenanceFacts({ recordId, isNew }: { recordId: string; isNew: boolean }) {
  const provenance = useReview((state) => state.sample.provenance[recordId] ?? state.sample.provenance[DRAFT_PROVENANCE])
  const source = useReview((state) => state.sample.source)
  if (isNew) return <Fact name="Written by">a reviewer, not in the draft</Fact>
  const { who, what } = writerText(provenance)
  const row = source?.row
  const cost = provenance?.costMicroUsd
  const origin = originText(provenance)
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
        </Fact>
      )}
      {origin.stage === null ? null : (
        <Fact name="Stage">
          {origin.stage}
          <span className="num text-fg-3">
            {[...origin.facts, cost == null ? null : `$${(cost / 1_000_000).toFixed(4)}`]
              .filter((fact) => fact !== null)
              .map((fact) => ` · ${fact}`)
              .join('')}
          </span>
        </Fact>
      )}
      {origin.at === null ? null : (
        <Fact name="Written">
          <span className="num">{origin.at}</span>
        </Fact>
      )}
      {source?.format === 'pipeline' ? <OriginFact /> : null}
    </>
  )
}

/** The way to every stage behind this sample, and to what they left out. */
function OriginFact() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Fact name="Origin">
      <button
        type="button"
        onClick={() => setIsOpen(true)}
        className="rounded-1 font-medium text-accent-fg underline-offset-2 hover:underline"
      >
        All stages and what was left out…
      </button>
      {isOpen ? <OriginDialog onClose={() => setIsOpen(false)} /> : null}
    </Fact>
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
