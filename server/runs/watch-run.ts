/**
 * Watching runs for the pages that show them. All pages that look at one run share one question to the database, asked at
 * most once a second and, where it takes long, so seldom that it costs at most a twentieth of the time.
 */
import type { RunStatus } from '@/core/pipeline/run-status'
import { log } from '../log'
import { getRun } from '../queries/get-run'

const EVERY_MS = 1000
/** A run that is over changes only when somebody takes it up again. */
const QUIET_MS = 5000
const MAX_LOAD = 0.05

type Watch = { readonly listeners: Set<(status: RunStatus) => void>; timer: NodeJS.Timeout | null; last: RunStatus; seen: string }

const watches = new Map<string, Watch>()

/** What tells whether something happened. Rates and ends change by themselves every second while a run runs. */
const faceOf = (status: RunStatus) => JSON.stringify(status)

/** Sends the state now and after each change. Returns how to stop. */
export function watchRun(projectId: string, first: RunStatus, send: (status: RunStatus) => void): () => void {
  const watch = watches.get(first.id) ?? begin(projectId, first)
  watch.listeners.add(send)
  send(first)
  return () => {
    watch.listeners.delete(send)
    if (watch.listeners.size > 0) return
    if (watch.timer !== null) clearTimeout(watch.timer)
    watch.timer = null
    if (watches.get(first.id) === watch) watches.delete(first.id)
  }
}

function begin(projectId: string, first: RunStatus): Watch {
  const watch: Watch = { listeners: new Set(), timer: null, last: first, seen: faceOf(first) }
  watches.set(first.id, watch)
  schedule(projectId, watch, 0)
  return watch
}

function schedule(projectId: string, watch: Watch, tookMs: number): void {
  const isOver = watch.last.state === 'done' || watch.last.state === 'cancelled'
  const waitMs = Math.max(isOver ? QUIET_MS : EVERY_MS, tookMs / MAX_LOAD)
  watch.timer = setTimeout(() => void look(projectId, watch), waitMs)
  watch.timer.unref()
}

async function look(projectId: string, watch: Watch): Promise<void> {
  const startedAt = performance.now()
  try {
    const status = await getRun(projectId, { id: watch.last.id })
    const seen = faceOf(status)
    watch.last = status
    if (seen !== watch.seen) for (const send of watch.listeners) send(status)
    watch.seen = seen
  } catch (error) {
    // The database may be restarting. The pages keep what they have, and the next look may succeed.
    log.warn({ error, runId: watch.last.id }, 'a run could not be read')
  }
  if (watch.listeners.size > 0) schedule(projectId, watch, performance.now() - startedAt)
}
