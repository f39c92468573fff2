/** Videos the project holds already, found by the path they were uploaded or imported under, or by their content. */
import type { VideoIdentity } from '@/core/formats/sample-facts'
import { db } from '../db'
import { hasBlob, localBlob } from '../storage'
import { knownVideoOf, registeredVideo } from './known-video'
import type { MediaSource, VideoAnswer } from './media-source'
import { assertInside, NameIndex } from './name-index'

/** A still that came with the annotations, by its uploaded name. */
export type UploadedStill = { readonly name: string; readonly sha256: string }

/**
 * @param isDryRun a video that is uploaded but not read yet is read now, except in a dry run, which writes nothing
 */
export async function openProjectMedia(projectId: string, stills: readonly UploadedStill[], isDryRun: boolean): Promise<MediaSource> {
  const byName = new NameIndex<string>(1)
  const bySha = new Map<string, string>()
  const videos = await db.video.findMany({
    where: { projectId },
    select: { id: true, name: true, sha256: true },
    orderBy: { createdAt: 'asc' },
  })
  for (const video of videos) {
    byName.add(video.name, video.id)
    bySha.set(video.sha256, video.id)
  }
  const images = new NameIndex<string>(2)
  for (const still of stills) images.add(still.name, still.sha256)
  const answers = new Map<string, Promise<VideoAnswer>>()

  const answerOf = async (id: string): Promise<VideoAnswer> => {
    const video = await db.video.findUnique({ where: { id } })
    if (video === null) return { kind: 'missing' }
    const known = knownVideoOf(video)
    if (known !== null) return { kind: 'found', video: known }
    if (video.state === 'failed') return { kind: 'broken', message: video.errorMessage ?? 'It cannot be read.' }
    return isDryRun ? { kind: 'unread' } : registeredVideo({ projectId, blobSha256: video.sha256, name: video.name })
  }
  return {
    async findVideo(path: string | null, identity: VideoIdentity | null) {
      if (path !== null) assertInside(path)
      const id = (identity?.sha256 == null ? undefined : bySha.get(identity.sha256)) ?? (path === null ? null : byName.find(path))
      if (id === null || id === undefined) return { kind: 'missing' }
      let answer = answers.get(id)
      if (answer === undefined) {
        answer = answerOf(id)
        answers.set(id, answer)
      }
      return answer
    },
    async findStill(path) {
      assertInside(path)
      const sha256 = images.find(path)
      return sha256 !== null && (await hasBlob(sha256)) ? localBlob(sha256) : null
    },
  }
}
