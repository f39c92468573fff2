import { AppError } from '@/core/errors'
import { blobResponse } from '@/server/media/blob-response'
import { getExport } from '@/server/queries/get-export'
import { requireProject, routeHandler } from '@/server/viewer'

/** The zip of a finished export, resumable by ranges. Only who may export may take the data away. */
export const GET = routeHandler<{ projectId: string; exportId: string }>(async (request, { viewer, params }) => {
  const { project } = await requireProject(viewer, { projectId: params.projectId }, 'export.run')
  const archive = (await getExport(project.id, params.exportId)).report?.archive ?? null
  if (archive === null)
    throw new AppError('not_found', 'This export has no file: it is not finished, or it failed.', { exportId: params.exportId })
  // Slugs and formats only: nothing that would need escaping in a header.
  const download = archive.name.replace(/[^\w.-]/g, '_')
  return blobResponse(request, { sha256: archive.sha256, contentType: 'application/zip', caching: 'revalidate', download })
})
