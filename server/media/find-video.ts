import { AppError } from '@/core/errors'
import { videoIdSchema } from '@/core/ids'
import { db } from '@/server/db'
import type { Video } from '@/server/generated/prisma/client'
import type { Viewer } from '@/server/session'
import { requireProject } from '@/server/viewer'

export type VideoParams = { readonly projectId: string; readonly videoId: string }

/** The video, looked up together with its project and the viewer. Throws AppError not_found, forbidden. */
export async function findVideo(viewer: Viewer, { projectId, videoId }: VideoParams): Promise<Video> {
  const { project } = await requireProject(viewer, { projectId }, 'project.view')
  const id = videoIdSchema.safeParse(videoId)
  const video = id.success ? await db.video.findFirst({ where: { id: id.data, projectId: project.id } }) : null
  if (video === null) throw new AppError('not_found', 'There is no such video in this project.')
  return video
}
