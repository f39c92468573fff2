/** Job `run-export`: the id is a row of `Export`; its files end up in one zip, a stored blob. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '@/core/errors'
import { db } from '@/server/db'
import { storeArchive } from '@/server/export/archive'
import { exportOptionsSchema } from '@/server/export/export-options'
import { type ExportHooks, runExport } from '@/server/export/run-export'
import { type ExportRow, trackExport } from '@/server/export/track-export'
import { newTempPath } from '@/server/storage'

/** Files told by name in the report; the manifest in the zip has all of them. */
const MAX_LISTED = 1000

async function perform(row: ExportRow, hooks: ExportHooks) {
  if (row.format !== 'videoespresso' && row.format !== 'crema') {
    throw new AppError('invalid_input', `Crema does not write the format “${row.format}”.`, { format: row.format })
  }
  const { state, boxes } = exportOptionsSchema.parse(row.options)
  const project = await db.project.findUniqueOrThrow({ where: { id: row.projectId }, select: { slug: true } })
  const folder = await newTempPath()
  try {
    const result = await runExport({ projectId: row.projectId, format: row.format, choice: state, boxes, folder }, hooks)
    const top = `${project.slug}-${row.format}`
    const { sha256, bytes } = await storeArchive(folder, result.files, top)
    return {
      samples: result.samples,
      // The list of stills can be long; what people look for comes first.
      files: [...result.files]
        .sort((a, b) => Number(a.path.includes(path.posix.sep)) - Number(b.path.includes(path.posix.sep)))
        .slice(0, MAX_LISTED),
      fileCount: result.files.length,
      perTask: { ...result.perTask },
      warnings: [...result.warnings].slice(0, MAX_LISTED),
      archive: { name: `${top}.zip`, sha256, bytes },
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export async function run(id: string, signal: AbortSignal): Promise<void> {
  await trackExport(id, signal, perform)
}
