/** Stage `verify`: does the crop of each box show what its phrase says? Refused boxes stay in the result, with the reason. */
import type { VerifyOutput } from '@/core/pipeline/outputs'
import type { PipelineSettings } from '@/core/pipeline/settings'
import type { CropCheck } from '../models/roles'
import { badAnswer } from './bad-answer'
import { need } from './before'
import { coreFramesOf, lookAtFrames } from './core-frames'
import type { Stage } from './stage'

type Check = VerifyOutput['checks'][number]

/** A verifier that cannot say anything of a box does not refuse it: agreement null, for a person to see. */
function verdictOf({ agreement, rank, note }: CropCheck, rule: PipelineSettings['verification']): Check {
  if (agreement !== null && !Number.isFinite(agreement)) throw badAnswer('verifier', 'an agreement is not a number.')
  const isLow = agreement !== null && agreement < rule.threshold
  const isOutranked = rule.mustRankFirst && rank !== null && rank > 1
  const why = [
    note,
    isLow ? `Agreement ${agreement.toFixed(2)} is below ${rule.threshold}.` : '',
    isOutranked ? `Another phrase fits better (rank ${rank}).` : '',
  ]
  return {
    agreement,
    rank,
    isAccepted: !isLow && !isOutranked,
    note: why
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, 500),
  }
}

/** Throws AppError model_bad_answer, frame_out_of_range, and what the verifier and decoding throw. */
export const verifyStage: Stage<'verify'> = async (input, deps) => {
  const { boxes } = need(input, 'ground')
  if (boxes.length === 0) return { checks: [] }
  const phrases = need(input, 'name-objects').objects.map(({ phrase }) => phrase)
  const verifier = await deps.models.verifier()
  const checks = new Map<number, Check>()
  const frames = coreFramesOf(input).filter(({ place }) => boxes.some((box) => box.frame === place))
  await lookAtFrames(frames, deps, async (picture, place) => {
    const mine = [...boxes.entries()].filter(([, box]) => box.frame === place)
    const asked = mine.map(([, box]) => ({ rect: box.rect, phrase: phrases[box.object] ?? '' }))
    const answers = await verifier.verify(picture, asked, phrases)
    if (answers.length !== asked.length) throw badAnswer('verifier', `${answers.length} answers for ${asked.length} boxes.`)
    for (const [at, [position]] of mine.entries()) {
      const answer = answers[at]
      if (answer !== undefined) checks.set(position, verdictOf(answer, input.settings.verification))
    }
  })
  return {
    checks: boxes.map((_, position) => {
      const check = checks.get(position)
      if (check === undefined) throw badAnswer('verifier', `box ${position + 1} was not looked at.`)
      return check
    }),
  }
}
