/** Identity of the videos that exported samples name, read once each. */
import type { VideoIdentity } from '@/core/formats/sample-facts'
import { sha256Schema } from '@/core/ids'
import { db } from '../db'

export class VideoFacts {
  private readonly known = new Map<string, VideoIdentity>()

  async load(ids: Iterable<string>): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.known.has(id))
    if (missing.length === 0) return
    for (const video of await db.video.findMany({ where: { id: { in: missing } } })) {
      this.known.set(video.id, {
        sha256: sha256Schema.parse(video.sha256),
        name: video.name,
        width: video.width,
        height: video.height,
        rotation: video.rotation,
        sar: [video.sarNum, video.sarDen],
        timeBase: video.timeBaseNum === null || video.timeBaseDen === null ? null : [video.timeBaseNum, video.timeBaseDen],
        frameCount: video.frameCount,
        license: video.license,
        source: video.source,
      })
    }
  }

  get(id: string | null): VideoIdentity | null {
    return id === null ? null : (this.known.get(id) ?? null)
  }

  /** By sha256, each once. */
  all(): VideoIdentity[] {
    const bySha = new Map([...this.known.values()].map((video) => [video.sha256 ?? video.name, video]))
    return [...bySha.values()].sort((a, b) => ((a.sha256 ?? '') < (b.sha256 ?? '') ? -1 : 1))
  }
}
