import { countOf } from '@/components/project/numbers'
import type { RunEstimateView } from '@/core/pipeline/run-estimate'
import { durationText, moneyText } from './run-words'

/** `about $9.40, 22 min`; what is not known is said, not left out. */
export function costWords(estimate: RunEstimateView): string {
  const cost =
    estimate.costMicroUsd === null
      ? `a cost nobody knows (no price for ${estimate.unpriced.join(', ')})`
      : estimate.costMicroUsd === 0
        ? 'no cost'
        : `about ${moneyText(estimate.costMicroUsd)}`
  return estimate.leftSec === null || estimate.leftSec === 0 ? cost : `${cost}, ${durationText(estimate.leftSec)}`
}

/** What a run would do, in one sentence. */
export function runWords(estimate: RunEstimateView): string {
  const { videos, fresh, redone, firstStage } = estimate
  if (videos === 0) return 'There is no video to run on.'
  if (fresh === 0 && redone === 0) return `Everything of ${countOf(videos, 'video')} is remembered: nothing is asked again, no cost.`
  const parts = [
    fresh > 0 ? `${countOf(fresh, 'new video')}` : '',
    redone > 0 && firstStage !== null ? `${countOf(redone, 'video')} again${fresh === 0 ? ` from ${firstStage}` : ''}` : '',
  ].filter(Boolean)
  const memory = videos - fresh - redone
  return `Works on ${parts.join(' and ')}${memory > 0 ? `, ${countOf(memory, 'video')} from memory` : ''}: ${costWords(estimate)}.`
}

/** What saving a change would make the next run redo. */
export function redoWords(estimate: RunEstimateView): string {
  if (estimate.redone === 0 || estimate.firstStage === null) return 'Nothing that is done would be redone.'
  return `redoes ${countOf(estimate.redone, 'video')} from ${estimate.firstStage}: ${costWords(estimate)}.`
}
