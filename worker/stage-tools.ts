/** What a stage works with for one task: the video, its pictures, the models of its roles, and the account of what they cost. */

import { CODE_PROVENANCE, type StageProvenance } from '@/core/pipeline/stage-provenance'
import type { StageName } from '@/core/pipeline/stages'
import { getFrameTable, getMediaIndex } from '@/server/media/frame-tables'
import { frameSignatures } from '@/server/media/signatures'
import { type DeskNote, openCallDesk } from '@/server/pipeline/call-desk'
import { type ClaimedTask, saltOf } from '@/server/pipeline/claim-task'
import { localBlob, putBlob, readBlob } from '@/server/storage'
import { openFrameReader } from './frame-reader'
import { resolveRoles } from './models/resolve-roles'
import type { ModelIdentity, RoleModels } from './models/roles'
import { loadStage } from './stages/all-stages'
import type { Stage, StageDeps, StageVideo } from './stages/stage'

/** `costMicroUsd` = what the result is worth, `paidMicroUsd` = what of it this task has paid; the rest was remembered. */
export type StageAccount = { readonly provenance: StageProvenance; readonly costMicroUsd: number; readonly paidMicroUsd: number }

export type StageTools = {
  readonly video: StageVideo
  readonly deps: StageDeps
  loadStage(name: StageName): Promise<Stage<StageName>>
  /** What the stage cost and where its result came from, after it has run. */
  account(): StageAccount
}

export async function openStageVideo(task: ClaimedTask): Promise<StageVideo> {
  const { id, sha256 } = task.video
  return { id, sha256, table: await getFrameTable(sha256) }
}

/** @throws AppError not_found, missing_file (the video), bad_setting (a provider that is not set up) */
export async function openStageTools(task: ClaimedTask, signal: AbortSignal): Promise<StageTools> {
  const { run } = task
  const notes: DeskNote[] = []
  const desk = openCallDesk(task, {
    prices: run.settings.prices,
    salt: saltOf(task),
    signal,
    note: (note) => notes.push(note),
  })
  const used: ModelIdentity[] = []
  const video = await openStageVideo(task)
  const deps: StageDeps = {
    models: recordUse(resolveRoles(run.settings, desk, { signal }), used),
    reader: await openFrameReader(video.sha256, signal),
    signatures: async () => frameSignatures(await localBlob(video.sha256), await getMediaIndex(video.sha256), video.sha256),
    putBlob,
    readBlob,
    signal,
  }
  return { video, deps, loadStage, account: () => accountOf(notes, used) }
}

/** Notes who filled each role that was asked for. */
function recordUse(models: RoleModels, used: ModelIdentity[]): RoleModels {
  const keep = <T extends { readonly identity: ModelIdentity }>(model: T): T => {
    used.push(model.identity)
    return model
  }
  return {
    captioner: async () => keep(await models.captioner()),
    embedder: async () => keep(await models.embedder()),
    qaWriter: async () => keep(await models.qaWriter()),
    judges: async () => (await models.judges()).map(keep),
    cotWriter: async () => keep(await models.cotWriter()),
    detector: async () => keep(await models.detector()),
    verifier: async () => keep(await models.verifier()),
    selector: async () => keep(await models.selector()),
  }
}

const joined = (words: readonly (string | null)[]) => [...new Set(words.filter((word) => word !== null))].join(' + ') || null

function accountOf(notes: readonly DeskNote[], used: readonly ModelIdentity[]): StageAccount {
  const costMicroUsd = notes.reduce((sum, note) => sum + note.costMicroUsd, 0)
  const paidMicroUsd = notes.filter((note) => !note.isMemo).reduce((sum, note) => sum + note.costMicroUsd, 0)
  if (used.length === 0) return { provenance: CODE_PROVENANCE, costMicroUsd, paidMicroUsd }
  const first = notes[0]?.request
  const provenance: StageProvenance = {
    kind: used.some((identity) => identity.kind === 'model') ? 'model' : 'template',
    provider: joined(used.map((identity) => identity.provider)),
    model: joined(used.map((identity) => identity.model)),
    version: joined(used.map((identity) => identity.version)),
    promptHash: first?.promptHash ?? null,
    parameters: first?.parameters ?? {},
    calls: notes.length,
  }
  return { provenance, costMicroUsd, paidMicroUsd }
}
