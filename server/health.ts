import { db } from './db'
import { countLiveWorkers } from './jobs'
import { checkStorage } from './storage'

export type HealthPart = 'ok' | 'failing'
export type Health = { status: 'ok' | 'failing'; db: HealthPart; queue: HealthPart; storage: HealthPart; worker: HealthPart }

const TIMEOUT_MS = 5000

/** The outcome of a check that must answer in time; a hanging database is a failing one. */
async function within<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), TIMEOUT_MS)
  })
  try {
    return await Promise.race([work, late])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

const part = (isGood: boolean): HealthPart => (isGood ? 'ok' : 'failing')

/** Asks every part once, side by side. Names of parts only: the answer is public. */
export async function checkHealth(): Promise<Health> {
  const [rows, workers, isWritable] = await Promise.all([
    within(db.$queryRaw`select 1`),
    within(countLiveWorkers()),
    within(checkStorage().then(() => true)),
  ])
  const parts = {
    db: part(rows !== null),
    queue: part(workers !== null),
    storage: part(isWritable === true),
    worker: part((workers ?? 0) > 0),
  }
  const isHealthy = Object.values(parts).every((each) => each === 'ok')
  return { status: part(isHealthy), ...parts }
}
