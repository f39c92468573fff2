/** What a row of either format becomes before it is written. */
import { computeFlags, type Flag } from '@/core/flags'
import type { RowProblem } from '@/core/formats/row-problem'
import type { ReviewNote } from '@/core/formats/sample-facts'
import type { ProvenanceMap } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import type { SampleSource } from '@/core/sample-source'
import { type SampleSummary, summarise } from '@/core/summary'
import type { KnownVideo } from './media-source'

export type PreparedSample = {
  /** 1-based row of the file. */
  readonly row: number
  readonly externalId: string
  readonly sourceHash: string
  readonly split: string | null
  readonly videoId: string | null
  readonly draft: SampleDocument
  readonly document: SampleDocument
  readonly provenance: ProvenanceMap
  readonly source: SampleSource
  readonly flags: readonly Flag[]
  readonly rowProblems: readonly Flag[]
  readonly summary: SampleSummary
  /** Where the review stood in the installation that wrote the row; null = not reviewed. */
  readonly review: ReviewNote | null
  readonly warnings: readonly RowProblem[]
  readonly fieldOfId: string
}

type VideoFacts = Pick<KnownVideo, 'id' | 'width' | 'height' | 'frameCount'>
type Parts = Omit<PreparedSample, 'flags' | 'summary' | 'videoId'> & { readonly video: VideoFacts | null; readonly isMissingMedia: boolean }

/** Adds flags and the narrow row. */
export function completeSample({ video, isMissingMedia, ...parts }: Parts): PreparedSample {
  const facts = video === null ? null : { width: video.width, height: video.height, frameCount: video.frameCount }
  const flags = computeFlags(parts.document, { video: facts, isMissingMedia, rowProblems: parts.rowProblems })
  return { ...parts, videoId: video?.id ?? null, flags, summary: summarise(parts.document, flags) }
}
