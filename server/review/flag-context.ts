import { computeFlags, type Flag, type FlagContext } from '@/core/flags'
import type { SampleDocument } from '@/core/records'
import type { Video } from '../generated/prisma/client'

type VideoFacts = Pick<Video, 'width' | 'height' | 'frameCount' | 'state'>
type RuleFacts = Omit<FlagContext, 'rowProblems'>

/** What the rules may know of the video. Being read is not missing; failed is. */
export function flagContextOf(video: VideoFacts | null): RuleFacts {
  const isKnown = video !== null && video.width !== null && video.height !== null && video.frameCount !== null
  return {
    video: isKnown ? { width: video.width ?? 0, height: video.height ?? 0, frameCount: video.frameCount ?? 0 } : null,
    isMissingMedia: video === null || video.state === 'failed',
  }
}

function keyOf(flag: Flag): string {
  return JSON.stringify([flag.code, flag.recordId, flag.message])
}

/**
 * Stored flags that no rule gives for this document, whatever was known of the video when they were stored: what the importer
 * saw in the source row.
 */
export function rowProblemsOf(stored: readonly Flag[], document: SampleDocument, facts: RuleFacts): Flag[] {
  const variants: RuleFacts[] = [facts, { video: facts.video, isMissingMedia: true }, { video: null, isMissingMedia: false }]
  const byRule = new Set(variants.flatMap((variant) => computeFlags(document, { ...variant, rowProblems: [] })).map(keyOf))
  return stored.filter((flag) => !byRule.has(keyOf(flag)))
}
