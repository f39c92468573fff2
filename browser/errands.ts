/** Waiting for a small question to a model. */
import { AppError } from '@/core/errors'
import { type ErrandStatus, errandStatusSchema, isSettled } from '@/core/pipeline/run-errand'
import { getJson } from './api'

const POLL_MS = 400
/** The worker gives a provider a minute; who has heard nothing after that has no worker. */
const PATIENCE_MS = 75_000

/** @throws AppError what the errand failed with, or `unavailable` when no worker takes it up */
export async function waitForErrand(projectId: string, errandId: string, signal: AbortSignal): Promise<ErrandStatus['output']> {
  const endMs = Date.now() + PATIENCE_MS
  for (;;) {
    const path = `/api/projects/${encodeURIComponent(projectId)}/errands/${encodeURIComponent(errandId)}`
    const status = await getJson(path, errandStatusSchema, { signal })
    if (status.error !== null) throw new AppError('unavailable', status.error.message, { code: status.error.code })
    if (isSettled(status)) return status.output
    if (Date.now() > endMs) throw new AppError('unavailable', 'The worker does not answer. Ask an administrator whether it runs.')
    await new Promise<void>((resolve) => setTimeout(resolve, POLL_MS))
    signal.throwIfAborted()
  }
}
