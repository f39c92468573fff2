/**
 * When to queue the stills of a video during an import whose batches keep adding frames to it. Each batch would cost a job for
 * each of its videos; once in a while is enough, and once more at the end. A crash loses nothing: a still that is not ready is
 * made when somebody looks.
 */
import { db } from '../db'
import { enqueue } from '../jobs'

const AGAIN_AFTER_MS = 30_000
const PER_TRANSACTION = 200

export class StillsJobs {
  private readonly queuedAt = new Map<string, number>()
  private readonly late = new Set<string>()

  /** Asked once a batch and video, inside its transaction. */
  isDue(videoId: string): boolean {
    const before = this.queuedAt.get(videoId)
    const now = performance.now()
    const isDue = before === undefined || now - before > AGAIN_AFTER_MS
    if (isDue) {
      this.queuedAt.set(videoId, now)
      this.late.delete(videoId)
    } else this.late.add(videoId)
    return isDue
  }

  /** Queues the videos that got frames after their last job. */
  async finish(): Promise<void> {
    const ids = [...this.late]
    this.late.clear()
    for (let at = 0; at < ids.length; at += PER_TRANSACTION) {
      await db.$transaction(async (tx) => {
        for (const id of ids.slice(at, at + PER_TRANSACTION)) await enqueue(tx, 'prepare-stills', id)
      })
    }
  }
}
