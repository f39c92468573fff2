/**
 * What models saw on frames of stored videos, kept by this process, so that the next draft of a video decodes nothing. All of it can be
 * made again: the longest unused goes when there are too many bytes, and another process simply looks for itself.
 */
import type { FrameIndex } from '@/core/ids'
import type { Look } from '@/core/selection/look'

/** A dual encoder sees no things: its vector is the `feature`, and `seen` is empty. */
export type KeptLooks = {
  /** Undefined = not looked at, or gone. `model` = sha256 of what looked. */
  get(video: string, model: string, frame: FrameIndex): Look | undefined
  put(video: string, model: string, frame: FrameIndex, look: Look): void
  readonly bytes: number
}

/** About 10,000 frames: a look of the embedded detector takes 5 to 8 kB. */
const BUDGET_BYTES = 64 * 1024 * 1024
/** What a detection, or an entry, takes beside its numbers; about. */
const BYTES_OF_THING = 160

export function keepLooks(budgetBytes = BUDGET_BYTES): KeptLooks {
  const looks = new Map<string, Look>()
  let bytes = 0
  const keyOf = (video: string, model: string, frame: FrameIndex) => `${video} ${model} ${frame}`
  const remove = (key: string) => {
    const look = looks.get(key)
    if (look !== undefined) bytes -= bytesOf(look)
    looks.delete(key)
  }
  return {
    get(video, model, frame) {
      const key = keyOf(video, model, frame)
      const look = looks.get(key)
      if (look === undefined) return undefined
      // A map keeps the order of putting in: used last, goes last.
      looks.delete(key)
      looks.set(key, look)
      return look
    },
    put(video, model, frame, look) {
      const key = keyOf(video, model, frame)
      remove(key)
      // Alone it would drive out everything else.
      if (bytesOf(look) > budgetBytes) return
      looks.set(key, look)
      bytes += bytesOf(look)
      for (const oldest of looks.keys()) {
        if (bytes <= budgetBytes) break
        remove(oldest)
      }
    },
    get bytes() {
      return bytes
    },
  }
}

const bytesOf = ({ seen, feature }: Look) => feature.byteLength + BYTES_OF_THING * (1 + seen.length)

/** Those of this process. */
export const LOOKS = keepLooks()
