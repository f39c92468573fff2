/** Writing what the pipeline drafted as a sample, in the transaction that ends its last stage. */
import { equalValues } from '@/core/equal'
import { AppError } from '@/core/errors'
import type { Flag } from '@/core/flag'
import type { LintOutput } from '@/core/pipeline/outputs'
import { sampleOrdinal } from '@/core/pipeline/sample-order'
import type { ProvenanceMap } from '@/core/provenance'
import type { SampleDocument } from '@/core/records'
import { canonicalJson } from '../canonical-json'
import type { Tx } from '../db'
import { completeSample } from '../import/prepared-sample'
import { uuidV7 } from '../import/uuid-v7'
import { insertPlaced } from '../import/write-batch'
import { enqueue } from '../jobs'
import { sha256Of } from '../sha256-of'
import type { ClaimedTask } from './claim-task'

/** `problems` = what the stages saw and the document cannot show. */
export type Draft = { readonly document: SampleDocument; readonly provenance: ProvenanceMap; readonly problems: readonly Flag[] }

const FORMAT = 'pipeline'

/** Name of the sample of a pair: a later run of the same pair finds it under this name. */
const externalIdOf = (pairKey: string) => `draft-${pairKey}`

/**
 * Writes the draft, or leaves the sample of this pair alone: where it is the same already, and where a person has worked on
 * it. An untouched older draft gives its place to the new one, since a draft itself can never change (invariant 2). The new
 * one has an id of its own: a decision that is on its way from an open page must not fall on a draft its reviewer never saw.
 *
 * @throws AppError unavailable when another run writes the same draft at this moment: tried again, it is found
 */
export async function writeDraft(tx: Tx, task: ClaimedTask, draft: Draft): Promise<LintOutput> {
  const { projectId, pairKey, run } = task
  const externalId = externalIdOf(pairKey)
  const sample = completeSample({ ...(await partsOf(tx, task, draft)), externalId })
  const flagCodes = sample.summary.flagCodes
  const old = await tx.sample.findUnique({
    where: { projectId_externalId: { projectId, externalId } },
    select: { id: true, ordinal: true, version: true, state: true, body: { select: { draft: true } } },
  })
  if (old !== null && equalValues(old.body?.draft, draft.document)) return { sampleId: old.id, outcome: 'unchanged', flagCodes }
  if (old !== null) {
    const { count } = await tx.sample.deleteMany({ where: { id: old.id, version: 0, state: 'queued', decidedAt: null } })
    if (count === 0) return { sampleId: old.id, outcome: 'kept', flagCodes }
  }
  const id = uuidV7()
  const placed = { sample, id, ordinal: old?.ordinal ?? sampleOrdinal(run.number, task.place) }
  const written = await insertPlaced(tx, { projectId, userId: null }, [placed])
  if (written.length === 0) throw new AppError('unavailable', 'Another run wrote this draft at the same moment. It is compared again.')
  await tx.sample.updateMany({ where: { id }, data: { runId: run.id } })
  if (sample.summary.thumbFrame !== null) await enqueue(tx, 'prepare-stills', task.video.id)
  return { sampleId: id, outcome: old === null ? 'written' : 'replaced', flagCodes }
}

async function partsOf(tx: Tx, task: ClaimedTask, { document, provenance, problems }: Draft) {
  const row = await tx.video.findUniqueOrThrow({
    where: { id: task.video.id },
    select: { id: true, name: true, width: true, height: true, frameCount: true },
  })
  const video = { id: row.id, width: row.width ?? 1, height: row.height ?? 1, frameCount: row.frameCount ?? 0 }
  return {
    row: 1,
    sourceHash: sha256Of(canonicalJson(document)),
    split: null,
    video,
    isMissingMedia: false,
    draft: document,
    document,
    provenance,
    source: {
      format: FORMAT,
      variant: task.run.settings.preset,
      fileSha256: null,
      row: null,
      fieldNames: {},
      extra: {},
      boxConvention: null,
      rawEvidence: null,
      originals: {},
      videoPath: row.name,
    },
    rowProblems: problems,
    review: null,
    warnings: [],
    fieldOfId: 'id',
  }
}
