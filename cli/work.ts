import type { CommandIo } from './arguments'

/** Works on queued jobs until the signal aborts, with the models of the embedded preset at hand where they can be had. */
export async function workUntil(signal: AbortSignal, io: Pick<CommandIo, 'progress'>): Promise<void> {
  // Never a reason not to work on everything else: what is missing is said.
  const { prepareWeights } = await import('../scripts/weights/prepare')
  await prepareWeights({ say: io.progress, signal })
  const { runWorker } = await import('@/worker/main')
  await runWorker(signal)
}
