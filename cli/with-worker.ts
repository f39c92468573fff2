import { countLiveWorkers } from '@/server/jobs'
import type { CommandIo } from './arguments'
import { workUntil } from './work'

/** Works itself when no worker is about, and stops working when what it waits for is over. */
export async function withWorker<T>(io: CommandIo, wait: () => Promise<T>): Promise<T> {
  if ((await countLiveWorkers()) > 0) return wait()
  io.progress('No worker is running, so this command works itself.')
  const stop = new AbortController()
  const working = workUntil(AbortSignal.any([io.signal, stop.signal]), io)
  try {
    return await Promise.race([wait(), working.then(() => wait())])
  } finally {
    stop.abort()
    await working
  }
}
