'use client'

import { Tag } from '@/components/ui/tag'
import { DRAFT_PROVENANCE } from '@/core/formats/videoespresso/provenance'
import { useReview } from './review-context'

/** Says that code filled in a template, and no model wrote this (invariant 9). */
export function TemplateBadge({ recordId }: { recordId: string }) {
  const isTemplate = useReview(({ sample }) => (sample.provenance[recordId] ?? sample.provenance[DRAFT_PROVENANCE])?.kind === 'template')
  return isTemplate ? <Tag title="Filled in from what a detector saw; no language model wrote it">template draft</Tag> : null
}
