import path from 'node:path'
import { AppError } from '@/core/errors'
import { BOX_CONVENTIONS } from '@/core/formats/videoespresso/box-convention'
import { db } from '@/server/db'
import { openFolderMedia } from '@/server/import/folder-media'
import { MediaFolder } from '@/server/import/media-folder'
import type { MediaSource } from '@/server/import/media-source'
import { openProjectMedia } from '@/server/import/project-media'
import { type ImportHooks, type ImportRequest, runImport } from '@/server/import/run-import'
import { trackImport } from '@/server/import/track-import'
import { hashFile } from '@/server/storage'
import { type CommandIo, defineCommand } from './arguments'
import { describeImport } from './import-text'
import { findOrCreateProject, findProject } from './project-option'

const NOTHING: MediaSource = { findVideo: async () => ({ kind: 'missing' }), findStill: async () => null }

/** One line of progress a second: rows done, and how long the rest will take by the rows since the first were done. */
function progressLine(io: CommandIo): NonNullable<ImportHooks['onProgress']> {
  let first: { readonly at: number; readonly rows: number } | null = null
  let shownAt = 0
  return ({ rowsDone, rowsTotal }) => {
    const now = performance.now()
    const done = `${rowsDone.toLocaleString('en')} of ${rowsTotal.toLocaleString('en')} rows`
    if (rowsDone === rowsTotal) io.progress(done)
    else if (first === null) {
      first = { at: now, rows: rowsDone }
      shownAt = now
    } else if (now - shownAt >= 1000) {
      shownAt = now
      const leftSec = ((now - first.at) / 1000 / Math.max(1, rowsDone - first.rows)) * (rowsTotal - rowsDone)
      io.progress(`${done}, about ${Math.ceil(leftSec)} s left`)
    }
  }
}

async function mediaOf(projectId: string | null, folder: string | undefined, isDryRun: boolean, signal: AbortSignal): Promise<MediaSource> {
  const project = projectId === null ? NOTHING : await openProjectMedia(projectId, [], isDryRun)
  if (folder === undefined) return project
  return openFolderMedia({ projectId: projectId ?? '', folder: await MediaFolder.open(folder, signal), project, isDryRun })
}

export const command = defineCommand({
  summary: 'import drafts and their videos into a project, made when it is not there',
  options: {
    project: { type: 'string', placeholder: 'NAME', summary: 'slug or name of the project', isRequired: true },
    format: { type: 'string', summary: 'format of the annotation file', choices: ['videoespresso', 'crema'], isRequired: true },
    annotations: { type: 'string', placeholder: 'FILE', summary: 'JSON list, or one JSON object a line', isRequired: true },
    media: {
      type: 'string',
      placeholder: 'DIR',
      summary: 'folder with the videos (and stills, if any); without it the videos of the project are used',
    },
    boxes: { type: 'string', summary: 'what the four numbers of a box mean; found out when not given', choices: BOX_CONVENTIONS },
    'dry-run': { type: 'boolean', summary: 'say what would happen, write nothing' },
  },
  needsDatabase: true,
  async run(args, io) {
    const file = io.path(args.annotations)
    const name = path.basename(file)
    const { sha256, bytes } = await hashFile(file).catch((cause: unknown) => {
      throw new AppError('missing_file', `${args.annotations} is not there or cannot be read.`, { file: args.annotations }, { cause })
    })
    const folder = args.media === undefined ? undefined : io.path(args.media)
    const isDryRun = args['dry-run']
    const project = isDryRun ? await findProject(args.project) : null
    const shared = { userId: null, format: args.format, files: [{ path: file, name, sha256 }], boxes: args.boxes ?? null, isDryRun }
    const onProgress = progressLine(io)
    if (isDryRun) {
      const media = await mediaOf(project?.id ?? null, folder, true, io.signal)
      const report = await runImport({ ...shared, projectId: project?.id ?? '', media }, { signal: io.signal, onProgress })
      io.result(report, describeImport(report, args.project, true))
      return report.errorCount > 0 ? 2 : 0
    }
    // The folder is looked at before anything is made, so that a typing mistake leaves no empty project behind.
    if (folder !== undefined) await MediaFolder.check(folder)
    const { id: projectId, slug } = await findOrCreateProject(args.project)
    const row = await db.import.create({
      data: {
        projectId,
        userId: null,
        format: args.format,
        files: [{ name, sha256, bytes }],
        mediaRoot: folder ?? null,
        report: { options: { boxes: args.boxes ?? null } },
      },
    })
    const work = async (_row: unknown, hooks: ImportHooks) => {
      const request: ImportRequest = { ...shared, projectId, media: await mediaOf(projectId, folder, false, io.signal) }
      return runImport(request, hooks)
    }
    const report = await trackImport(row.id, io.signal, work, { onProgress })
    if (report === null)
      throw new AppError('unavailable', 'The import was cancelled. What was imported up to here stays; run it again for the rest.')
    io.result(report, describeImport(report, slug, false))
    return report.errorCount > 0 ? 2 : 0
  },
})
