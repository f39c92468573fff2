/** The two judges of the embedded default: rules over the tracked facts, and a second count from the raw sightings. */
import { factsFinding } from '@/core/pipeline/template/judge-facts'
import { recountFinding } from '@/core/pipeline/template/judge-recount'
import type { Judge } from './roles'

const JUDGES = {
  rules: { find: factsFinding, kept: 'Wording, boxes and answer agree with what was followed.' },
  'second-scorer': { find: recountFinding, kept: 'A second count from the raw sightings gives the same answer.' },
} as const

/** The names by which settings ask for them. */
export type RuleJudgeName = keyof typeof JUDGES

const UNSUPPORTED = 'Only the wording was looked at: a question of a language model comes without facts.'

export function ruleJudge(name: RuleJudgeName): Judge {
  const { find, kept } = JUDGES[name]
  return {
    identity: { kind: 'template', provider: 'embedded', model: name, version: '1' },
    name: `embedded/${name}`,
    async judge(pair, { captions }) {
      const finding = find(pair, captions)
      return finding === null
        ? { judge: `embedded/${name}`, verdict: 'keep', criterion: null, reason: pair.support === null ? UNSUPPORTED : kept }
        : { judge: `embedded/${name}`, verdict: 'reject', ...finding }
    },
  }
}
