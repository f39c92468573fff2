/** Waits for the end of a run and tells on the way how far it is. */
import { setTimeout as sleep } from 'node:timers/promises'
import { db } from '@/server/db'
import type { CommandIo } from './arguments'

export type RunEnd = { readonly state: string; readonly drafts: number; readonly failed: number; readonly costMicroUsd: number }

const LOOK_MS = 500
const SAY_MS = 2000

/** Resolves when the run is done, cancelled or paused (nothing would happen any more), or when the command is stopped. */
export async function waitForRun(runId: string, io: CommandIo): Promise<RunEnd> {
  let saidAt = 0
  for (;;) {
    const run = await db.run.findUniqueOrThrow({ where: { id: runId } })
    const counts = await db.task.groupBy({ by: ['state'], where: { runId }, _count: true })
    const count = (state: string) => counts.find((row) => row.state === state)?._count ?? 0
    if (run.state !== 'running' || io.signal.aborted) {
      const drafts = await db.task.count({ where: { runId, stage: 'lint', state: 'done' } })
      if (run.stateReason !== null) io.progress(run.stateReason)
      return { state: run.state, drafts, failed: count('failed'), costMicroUsd: Number(run.spentMicroUsd) }
    }
    if (performance.now() - saidAt > SAY_MS) {
      saidAt = performance.now()
      io.progress(`${count('done')} stages done, ${count('running')} in hand, ${count('waiting')} waiting, ${count('failed')} failed`)
    }
    await sleep(LOOK_MS, undefined, { signal: io.signal }).catch(() => undefined)
  }
}
