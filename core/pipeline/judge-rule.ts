/** What becomes of a pair when its judges do not agree (VideoEspresso §3.2, quality filter; the rule is a setting of ours). */
import type { Judgement } from './outputs'
import type { PipelineSettings } from './settings'

/**
 * Whether a pair is kept. `all` = every judge keeps it, `majority` = more than half do (a tie rejects), `any` = one does. A
 * pair that nobody judged is not kept: nothing vouches for it.
 */
export function isKept(rule: PipelineSettings['judgeRule'], judgements: readonly Pick<Judgement, 'verdict'>[]): boolean {
  const keeping = judgements.filter((judgement) => judgement.verdict === 'keep').length
  if (rule === 'any') return keeping > 0
  if (rule === 'majority') return keeping * 2 > judgements.length
  return keeping > 0 && keeping === judgements.length
}
