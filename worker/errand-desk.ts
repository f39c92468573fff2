/**
 * The desk of errands: nothing is remembered, since one small call is what a person asked for just now. It counts against the cap
 * of the project like all others.
 */
import { AppError } from '@/core/errors'
import { costMicroUsd, priceOf, worstCaseMicroUsd } from '@/core/pipeline/prices'
import { type PipelineSettings, providerNameSchema } from '@/core/pipeline/settings'
import { db } from '@/server/db'
import { spendInProject } from '@/server/pipeline/budget'
import type { CallDesk } from './models/roles'

export type ErrandDesk = CallDesk & {
  /** What the calls so far have cost; null = no price is known for one of them. */
  cost(): number | null
}

/** `call` throws AppError budget_exhausted, invalid_input (no price under a cap), and what the model fails with. */
export function openErrandDesk(projectId: string, settings: PipelineSettings, signal: AbortSignal): ErrandDesk {
  let total: number | null = 0
  return {
    async call(request, perform) {
      const ref = { provider: providerNameSchema.parse(request.provider), model: request.model }
      const price = priceOf(ref, settings.prices)
      if (price === null) await requireNoCap(projectId, ref)
      const worst = worstCaseMicroUsd({ ...ref, worstCase: request.worstCase }, settings.prices) ?? 0
      const { answer, microUsd } = await spendInProject(projectId, worst, async () => {
        const outcome = await perform(signal)
        return { answer: outcome.answer, microUsd: price === null ? 0 : costMicroUsd(outcome.usage, price) }
      })
      total = price === null || total === null ? null : total + microUsd
      return answer
    },
    cost: () => total,
  }
}

async function requireNoCap(projectId: string, ref: { provider: string; model: string }): Promise<void> {
  if ((await db.budget.count({ where: { projectId, capMicroUsd: { not: null } } })) === 0) return
  throw new AppError(
    'invalid_input',
    `There is no price for ${ref.provider}/${ref.model}, so the project's cap cannot be kept. Enter one.`,
    ref,
  )
}
