/** Opens a model where it computes what its original does. A card that cannot, or does it wrongly, is used for nothing any more. */
import { AppError } from '@/core/errors'
import { GOLDEN_COSINE } from '@/core/models/golden'
import type { ModelHost } from './model-host'
import type { VerifiedModel } from './models'
import type { BrowserSession } from './onnx-session'

export type Recipe<T> = {
  /** As people call it. */
  readonly what: string
  /** What it holds on a card beside its weights. */
  readonly bufferBytes: number
  make(session: BrowserSession): T
  /** How near to the stored outputs, 0 to 1. `isSoftware` = the adapter is slow, and little has to do. */
  agreement(made: T, isSoftware: boolean): Promise<number>
  release(made: T): Promise<void>
}

/** Null where it does not work on a card, or there is none. @throws AppError unavailable when the card is lost meanwhile */
export async function openOnCard<T>(recipe: Recipe<T>, weights: VerifiedModel, host: ModelHost): Promise<T | null> {
  const { gpu } = host
  if (gpu === null) return null
  const made = await attempt(recipe, host, async () => recipe.make(await host.openSession(weights, 'webgpu', recipe.bufferBytes)))
  if (made === null) return null
  const agreement = await attempt(recipe, host, () => recipe.agreement(made, gpu.isSoftware))
  if (agreement !== null && agreement >= GOLDEN_COSINE) return made
  await recipe.release(made).catch(() => undefined)
  if (agreement !== null) {
    host.distrustGpu(
      `The graphics card (${gpu.name}) computes the ${recipe.what} wrongly (a test input gave other numbers), so models run on the processor.`,
    )
  }
  return null
}

async function attempt<T>({ what }: { readonly what: string }, host: ModelHost, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (thrown) {
    // A card that is gone is another matter: whoever holds the runtime opens a new one.
    if (thrown instanceof AppError && thrown.code === 'unavailable') throw thrown
    host.distrustGpu(`The graphics card (${host.facts.name}) cannot run the ${what}, so models run on the processor.`)
    return null
  }
}

/** @throws AppError bad_file when it is wrong even there */
export async function openOnProcessor<T>(recipe: Recipe<T>, weights: VerifiedModel, host: ModelHost): Promise<T> {
  const made = recipe.make(await host.openSession(weights, 'wasm'))
  try {
    if ((await recipe.agreement(made, false)) >= GOLDEN_COSINE) return made
  } catch (thrown) {
    await recipe.release(made)
    throw thrown
  }
  await recipe.release(made)
  throw new AppError('bad_file', `The ${recipe.what} gives other numbers in this browser than it should, so it is not used.`)
}

export async function msOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
