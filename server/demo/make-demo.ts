/**
 * Fills the demo project by the same code as `crema import`: the clips are registered, the two annotation files imported.
 * It may be stopped anywhere and run again; what is there already is left alone.
 */
import path from 'node:path'
import type { ImportReport } from '@/core/formats/import-report'
import { DRAFT_PROVENANCE } from '@/core/formats/videoespresso/provenance'
import { provenanceMapSchema } from '@/core/provenance'
import { db } from '../db'
import { openProjectMedia } from '../import/project-media'
import { runImport } from '../import/run-import'
import { toJsonInput, trackImport } from '../import/track-import'
import { registerVideo } from '../media/register-video'
import { hashFile } from '../storage'
import { openDemoProject, recordDemoComplete } from './demo-state'

/** `file` is relative to the folder of the clips. */
export type DemoClip = { readonly file: string; readonly licence: string; readonly source: string; readonly credit: string }

export type DemoParts = {
  readonly folder: string
  /** Those that are in the folder. */
  readonly clips: readonly DemoClip[]
  /** Whether no clip is missing. */
  readonly isComplete: boolean
  /** Paths of annotation files in the VideoEspresso format. */
  readonly annotations: readonly string[]
  readonly say: (line: string) => void
  readonly signal: AbortSignal
}

const NOTE = 'by hand for this demo, on the decoded frames; some defects are on purpose'

async function registerClips(projectId: string, { clips, folder, say, signal }: DemoParts): Promise<void> {
  for (const { file, licence, source, credit } of clips) {
    const known = await db.video.findFirst({ where: { projectId, name: file, state: 'done' }, select: { id: true } })
    if (known !== null) continue
    say(`reading ${file} …`)
    const video = { projectId, path: path.join(folder, file), name: file, source: `${source} (${credit})`, license: licence }
    await registerVideo(video, { probe: 'now', signal })
  }
}

async function importDrafts(projectId: string, { annotations, signal }: DemoParts): Promise<ImportReport | null> {
  const files = await Promise.all(annotations.map(async (file) => ({ path: file, name: path.basename(file), ...(await hashFile(file)) })))
  const row = await db.import.create({
    data: { projectId, userId: null, format: 'videoespresso', files: files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })) },
  })
  return trackImport(row.id, signal, async (_row, hooks) => {
    const media = await openProjectMedia(projectId, [], false)
    return runImport({ projectId, userId: null, format: 'videoespresso', files, media, boxes: null, isDryRun: false }, hooks)
  })
}

/** The files say nothing of who wrote them; the demo does (invariant 9). */
async function nameTheAuthor(projectId: string): Promise<void> {
  const bodies = await db.sampleBody.findMany({ where: { sample: { projectId } }, select: { sampleId: true, provenance: true } })
  for (const { sampleId, provenance } of bodies) {
    const map = provenanceMapSchema.parse(provenance)
    const draft = map[DRAFT_PROVENANCE]
    if (draft === undefined || draft.kind === 'person') continue
    const data = { provenance: toJsonInput({ ...map, [DRAFT_PROVENANCE]: { ...draft, kind: 'person', note: NOTE } }) }
    await db.sampleBody.update({ where: { sampleId }, data })
  }
}

/** Resolves with the number of drafts in the project, or null when the demo is not wanted any more. */
export async function makeDemo(parts: DemoParts): Promise<number | null> {
  const projectId = await openDemoProject()
  if (projectId === null) return null
  await registerClips(projectId, parts)
  const report = await importDrafts(projectId, parts)
  if (report === null) return null
  await nameTheAuthor(projectId)
  if (parts.isComplete && report.errorCount === 0) await recordDemoComplete(projectId)
  return report.imported + report.unchanged
}
