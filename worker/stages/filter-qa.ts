/** Stage `filter-qa`: independent judges look at each pair. Rejected pairs stay, with who rejected them and why. */
import { AppError } from '@/core/errors'
import { isKept } from '@/core/pipeline/judge-rule'
import type { FilterQaOutput, Judgement } from '@/core/pipeline/outputs'
import { badAnswer, checkText } from './bad-answer'
import { groupView, need } from './before'
import type { Stage } from './stage'

const MIN_JUDGES = 2

function checkJudgement({ verdict, criterion, reason, judge }: Judgement): void {
  if (verdict === 'keep') return
  if (criterion === null) throw badAnswer('judge', `${judge} rejects a question without naming what it violates.`)
  checkText('judge', 'the reason of a rejection', reason)
}

/** Throws AppError bad_setting with fewer than two judges, model_bad_answer, and what the judges throw. */
export const filterQaStage: Stage<'filter-qa'> = async (input, { models, signal }) => {
  const { pairs } = need(input, 'write-qa')
  const judges = await models.judges()
  if (judges.length < MIN_JUDGES)
    throw new AppError('bad_setting', 'A question needs at least two judges. Name another one in the settings.')
  const judged: FilterQaOutput['judged'] = []
  for (const pair of pairs) {
    signal.throwIfAborted()
    const group = groupView(input, pair.group)
    const judgements = await Promise.all(judges.map((judge) => judge.judge(pair, group)))
    for (const judgement of judgements) checkJudgement(judgement)
    judged.push({ key: pair.key, isKept: isKept(input.settings.judgeRule, judgements), judgements })
  }
  return { judged }
}
