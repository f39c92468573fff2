/** Job `run-import`: the id is a row of `Import`; its files are stored blobs, its videos those of the project. */
import { z } from 'zod'
import { AppError } from '@/core/errors'
import { boxConventionNameSchema } from '@/core/formats/videoespresso/box-convention'
import { db } from '@/server/db'
import { openProjectMedia } from '@/server/import/project-media'
import { type ImportHooks, runImport } from '@/server/import/run-import'
import { type ImportRow, optionsOf, trackImport } from '@/server/import/track-import'
import { localBlob } from '@/server/storage'

const filesSchema = z.array(z.object({ name: z.string(), sha256: z.string(), bytes: z.int() })).min(1)
const optionsSchema = z.object({
  boxes: boxConventionNameSchema.nullable().default(null),
  stillUploadIds: z.array(z.string()).default([]),
})

async function perform(row: ImportRow, hooks: ImportHooks) {
  if (row.format !== 'videoespresso' && row.format !== 'crema') {
    throw new AppError('invalid_input', `Crema does not read the format “${row.format}”.`, { format: row.format })
  }
  const files = filesSchema.parse(row.files)
  const { boxes, stillUploadIds } = optionsSchema.parse(optionsOf(row))
  const uploads = await db.upload.findMany({ where: { id: { in: stillUploadIds }, projectId: row.projectId, sha256: { not: null } } })
  const stills = uploads.flatMap(({ name, sha256 }) => (sha256 === null ? [] : [{ name, sha256 }]))
  const local = await Promise.all(files.map(async ({ name, sha256 }) => ({ name, sha256, path: await localBlob(sha256) })))
  return runImport(
    {
      projectId: row.projectId,
      userId: row.userId,
      format: row.format,
      files: local,
      media: await openProjectMedia(row.projectId, stills, row.isDryRun),
      boxes,
      isDryRun: row.isDryRun,
    },
    hooks,
  )
}

export async function run(id: string, signal: AbortSignal): Promise<void> {
  await trackImport(id, signal, perform, { isQueued: true })
}
