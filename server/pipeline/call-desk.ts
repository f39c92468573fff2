/**
 * The way of a task to models that cost: what was asked before is answered from memory, everything else is reserved, made,
 * booked and remembered (invariant 8).
 */
import { z } from 'zod'
import { AppError, toAppError } from '@/core/errors'
import type { ModelCallOutcome, ModelCallRequest } from '@/core/pipeline/model-call'
import { costMicroUsd, priceOf, worstCaseMicroUsd } from '@/core/pipeline/prices'
import { type PipelineSettings, providerNameSchema } from '@/core/pipeline/settings'
import { canonicalJson } from '../canonical-json'
import { db } from '../db'
import { toJsonInput } from '../import/track-import'
import { sha256Of } from '../sha256-of'
import { reserve, settle } from './budget'
import type { ClaimedTask } from './claim-task'

export type DeskNote = { readonly request: ModelCallRequest; readonly costMicroUsd: number; readonly isMemo: boolean }

/**
 * @param salt distinguishes runs that ask anew on purpose; null = any remembered answer will do
 * @param note is told of every call, for provenance and cost of the task
 */
export function openCallDesk(
  task: ClaimedTask,
  parts: { prices: PipelineSettings['prices']; salt: string | null; signal: AbortSignal; note: (note: DeskNote) => void },
) {
  const { prices, salt, signal, note } = parts
  return {
    async call(request: ModelCallRequest, perform: (signal: AbortSignal) => Promise<ModelCallOutcome>): Promise<unknown> {
      const { role, provider, model, content, parameters } = request
      const requestHash = sha256Of(canonicalJson({ provider, model, content, parameters, salt }))
      const known = await db.modelCall.findUnique({ where: { projectId_requestHash: { projectId: task.projectId, requestHash } } })
      if (known !== null) {
        note({ request, costMicroUsd: Number(known.costMicroUsd), isMemo: true })
        return known.answer
      }
      signal.throwIfAborted()
      const worst = await worstCaseOf(task, request, prices)
      const reservationId = await reserve(task, worst)
      const startedAt = performance.now()
      let outcome: ModelCallOutcome
      try {
        outcome = await perform(signal)
      } catch (thrown) {
        await giveBack(task, reservationId, costOfFailure(toAppError(thrown), request, prices, worst))
        throw thrown
      }
      const price = priceOf(refOf(request), prices)
      const cost = price === null ? 0 : costMicroUsd(outcome.usage, price)
      await db.$transaction(async (tx) => {
        await settle(tx, task, reservationId, BigInt(cost))
        const { inputTokens, outputTokens } = outcome.usage
        const latencyMs = Math.round(performance.now() - startedAt)
        const key = { projectId: task.projectId, requestHash }
        const data = {
          ...key,
          role,
          provider,
          model,
          answer: toJsonInput(outcome.answer),
          inputTokens,
          outputTokens,
          costMicroUsd: cost,
          latencyMs,
        }
        await tx.modelCall.createMany({ data: [data], skipDuplicates: true })
      })
      note({ request, costMicroUsd: cost, isMemo: false })
      return outcome.answer
    },
  }
}

const refOf = ({ provider, model }: ModelCallRequest) => ({ provider: providerNameSchema.parse(provider), model })

async function worstCaseOf(task: ClaimedTask, request: ModelCallRequest, prices: PipelineSettings['prices']): Promise<number> {
  const worst = worstCaseMicroUsd({ ...refOf(request), worstCase: request.worstCase }, prices)
  if (worst !== null) return worst
  const capped = await db.run.count({
    where: { id: task.run.id, OR: [{ capMicroUsd: { not: null } }, { project: { budget: { capMicroUsd: { not: null } } } }] },
  })
  if (capped === 0) return 0
  throw new AppError(
    'invalid_input',
    `There is no price for ${request.provider}/${request.model}, so the budget cannot be kept. Enter one under Pipeline, Prices.`,
    { provider: request.provider, model: request.model },
  )
}

const usageSchema = z.object({ inputTokens: z.number(), outputTokens: z.number() })

/** A useless answer has cost its tokens all the same; of one that never came nobody knows, so the worst case is booked. */
function costOfFailure({ details }: AppError, request: ModelCallRequest, prices: PipelineSettings['prices'], worst: number): number {
  if (details.isOutcomeUnknown !== true) return 0
  const usage = usageSchema.safeParse(details.usage).data
  const price = priceOf(refOf(request), prices)
  return usage === undefined || price === null ? worst : Math.min(worst, costMicroUsd(usage, price))
}

async function giveBack(task: ClaimedTask, reservationId: string, microUsd: number): Promise<void> {
  await db.$transaction((tx) => settle(tx, task, reservationId, BigInt(microUsd)))
}
