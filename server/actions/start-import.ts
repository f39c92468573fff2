'use server'

import { z } from 'zod'
import { AppError } from '@/core/errors'
import { boxConventionNameSchema } from '@/core/formats/videoespresso/box-convention'
import { projectIdSchema } from '@/core/ids'
import { defineAction } from '@/server/action'
import { enqueue } from '@/server/jobs'

const MAX_UPLOADS = 100_000

/** Queues an import of uploaded annotation files; stills among the uploads help to find the frames, videos are in the project already. */
export const startImport = defineAction({
  name: 'import.start',
  permission: 'import.run',
  input: z.object({
    projectId: projectIdSchema,
    format: z.enum(['videoespresso', 'crema']),
    uploadIds: z.array(z.string().min(1).max(200)).min(1).max(MAX_UPLOADS),
    isDryRun: z.boolean(),
    options: z.object({ boxes: boxConventionNameSchema.nullable().default(null) }).default({ boxes: null }),
  }),
  project: ({ projectId }) => ({ projectId }),
  async run({ input, viewer, project, tx }) {
    const uploads = await tx.upload.findMany({
      where: { id: { in: input.uploadIds }, projectId: project.id, sha256: { not: null } },
      select: { id: true, name: true, sha256: true, bytes: true, purpose: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    })
    const files = uploads
      .filter((upload) => upload.purpose === 'annotations')
      .map(({ name, sha256, bytes }) => ({ name, sha256, bytes: Number(bytes) }))
    if (files.length === 0) {
      throw new AppError('invalid_input', 'None of the uploads is a finished annotation file. Upload a .json or .jsonl file first.', {
        field: 'uploadIds',
      })
    }
    const stillUploadIds = uploads.filter((upload) => upload.purpose === 'still').map((upload) => upload.id)
    const { id } = await tx.import.create({
      data: {
        projectId: project.id,
        userId: viewer.userId,
        format: input.format,
        files,
        isDryRun: input.isDryRun,
        report: { options: { boxes: input.options.boxes, stillUploadIds } },
      },
      select: { id: true },
    })
    await enqueue(tx, 'run-import', id)
    return { importId: id }
  },
  record: ({ input, data }) => ({ subject: data.importId, facts: { format: input.format, isDryRun: input.isDryRun } }),
})
