/** The desk of errands: nothing is remembered and nothing reserved, since one small call is what a person asked for just now. */
import { costMicroUsd, priceOf } from '@/core/pipeline/prices'
import { type PipelineSettings, providerNameSchema } from '@/core/pipeline/settings'
import type { CallDesk, ModelCallRequest } from './models/roles'

export type ErrandDesk = CallDesk & {
  /** What the calls so far have cost; null = no price is known for one of them. */
  cost(): number | null
}

export function openErrandDesk(settings: PipelineSettings, signal: AbortSignal): ErrandDesk {
  let total: number | null = 0
  const add = ({ provider, model }: ModelCallRequest, usage: ModelCallRequest['worstCase']) => {
    const price = priceOf({ provider: providerNameSchema.parse(provider), model }, settings.prices)
    total = price === null || total === null ? null : total + costMicroUsd(usage, price)
  }
  return {
    async call(request, perform) {
      const { answer, usage } = await perform(signal)
      add(request, usage)
      return answer
    },
    cost: () => total,
  }
}
