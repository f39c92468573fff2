/**
 * A small pool of media programs. A single still goes to the child that already has the file open; long passes leave one
 * child free, so that a reviewer who asks for a frame never waits behind an import.
 */
import path from 'node:path'
import { type MediaAnswer, MediaChild, type MediaRequest, type MediaRunOptions } from './media-child'

const MAX_CHILDREN = 2
const IDLE_LIMIT_MS = 120_000
/** After so much work a child is replaced: leaks of a parser must not add up. */
const MAX_RUNS_PER_CHILD = 500

export type { MediaPart, MediaRunOptions } from './media-child'

type Waiting = {
  readonly request: MediaRequest
  readonly options: MediaRunOptions
  readonly isQuick: boolean
  readonly begin: (child: MediaChild) => void
}

const pool = {
  children: new Map<MediaChild, { runs: number; isQuick: boolean; idleTimer: NodeJS.Timeout | null }>(),
  waiting: [] as Waiting[],
}

/**
 * Runs one operation of the media program.
 * Throws AppError unsupported_media, corrupt_media, limit_exceeded, media_crashed, unavailable (aborted).
 *
 * @param isQuick a person waits for it (single still): goes first and may use the reserved child
 */
export async function runMedia(request: MediaRequest, options: MediaRunOptions = {}, isQuick = false): Promise<MediaAnswer> {
  const child = await new Promise<MediaChild>((begin) => {
    const entry = { request, options, isQuick, begin }
    if (isQuick) pool.waiting.unshift(entry)
    else pool.waiting.push(entry)
    serve()
  })
  try {
    return await child.run(request, options)
  } finally {
    settle(child)
  }
}

/** Starts a child ahead of the first request, so that it is warm. */
export function warmMedia(): void {
  if (pool.children.size === 0) settle(addChild(true))
}

/** Ends all children at once (tests, shutdown). They end by themselves when this process ends. */
export function stopMedia(): void {
  for (const child of pool.children.keys()) child.kill()
}

function serve(): void {
  for (const entry of [...pool.waiting]) {
    const child = pick(entry)
    if (child === null) continue
    pool.waiting.splice(pool.waiting.indexOf(entry), 1)
    entry.begin(child)
  }
}

function pick({ request, isQuick }: Waiting): MediaChild | null {
  const states = [...pool.children.entries()].filter(([child]) => !child.isDead)
  const longRunning = states.filter(([, state]) => state.idleTimer === null && !state.isQuick).length
  if (!isQuick && longRunning >= MAX_CHILDREN - 1) return null
  const wanted = typeof request.path === 'string' ? path.resolve(request.path) : null
  const idle = states.filter(([, state]) => state.idleTimer !== null)
  const chosen =
    idle.find(([child]) => child.lastPath === wanted)?.[0] ?? idle[0]?.[0] ?? (states.length < MAX_CHILDREN ? addChild(isQuick) : undefined)
  if (chosen === undefined) return null
  const state = pool.children.get(chosen)
  if (state === undefined) return null
  if (state.idleTimer !== null) clearTimeout(state.idleTimer)
  Object.assign(state, { idleTimer: null, isQuick, runs: state.runs + 1 })
  return chosen
}

function addChild(isQuick: boolean): MediaChild {
  const child = new MediaChild((dead) => {
    pool.children.delete(dead)
    serve()
  })
  pool.children.set(child, { runs: 0, isQuick, idleTimer: null })
  return child
}

function settle(child: MediaChild): void {
  const state = pool.children.get(child)
  if (state !== undefined) {
    if (state.runs >= MAX_RUNS_PER_CHILD) child.kill()
    state.idleTimer = setTimeout(() => child.kill(), IDLE_LIMIT_MS)
    state.idleTimer.unref()
  }
  if (child.isDead) pool.children.delete(child)
  serve()
}
