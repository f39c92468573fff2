/** What the project holds already of a batch: new, unchanged, now with its video, or different. */
import { diffDocuments, isEmptyDiff } from '@/core/diff'
import { equalValues } from '@/core/equal'
import { isJsonObject } from '@/core/formats/json'
import type { db, Tx } from '../db'
import type { PreparedSample } from './prepared-sample'

type Client = Pick<Tx, 'sample'> | typeof db

/** `relink` = an untouched sample whose video has come since: written anew under its old id and place. */
export type Sorted = {
  readonly fresh: readonly PreparedSample[]
  readonly relink: readonly { readonly sample: PreparedSample; readonly id: string; readonly ordinal: bigint }[]
  readonly unchanged: readonly PreparedSample[]
  readonly different: readonly PreparedSample[]
}

/** The version an import gives: what came reviewed is one edit over its draft. A person's edit goes beyond it. */
export function firstVersion(sample: PreparedSample): 0 | 1 {
  return isEmptyDiff(diffDocuments(sample.draft, sample.document)) ? 0 : 1
}

/** Same content as stored, whichever version of it: an export comes back as the document, its first file as the draft. */
function isStored(body: { draft: unknown; document: unknown } | null, sample: PreparedSample): boolean {
  if (body === null || !isJsonObject(body.draft) || !isJsonObject(body.document)) return false
  return equalValues(body.document, sample.document) || equalValues(body.draft, sample.document)
}

export async function sortByExistence(client: Client, projectId: string, samples: readonly PreparedSample[]): Promise<Sorted> {
  const rows = await client.sample.findMany({
    where: { projectId, externalId: { in: samples.map((sample) => sample.externalId) } },
    select: { id: true, externalId: true, sourceHash: true, videoId: true, version: true, state: true, ordinal: true },
  })
  const known = new Map(rows.map((row) => [row.externalId, row]))
  const changed = samples.filter((sample) => {
    const row = known.get(sample.externalId)
    return row !== undefined && row.sourceHash !== sample.sourceHash
  })
  const bodies = new Map<string, { draft: unknown; document: unknown }>()
  if (changed.length > 0) {
    const ids = changed.flatMap((sample) => known.get(sample.externalId)?.id ?? [])
    const found = await client.sample.findMany({
      where: { id: { in: ids } },
      select: { externalId: true, body: { select: { draft: true, document: true } } },
    })
    for (const row of found) if (row.body !== null) bodies.set(row.externalId, row.body)
  }
  const sorted = {
    fresh: [] as PreparedSample[],
    relink: [] as Sorted['relink'][number][],
    unchanged: [] as PreparedSample[],
    different: [] as PreparedSample[],
  }
  for (const sample of samples) {
    const row = known.get(sample.externalId)
    if (row === undefined) sorted.fresh.push(sample)
    else if (row.sourceHash !== sample.sourceHash && !isStored(bodies.get(sample.externalId) ?? null, sample)) sorted.different.push(sample)
    else if (row.videoId === null && sample.videoId !== null && row.version === firstVersion(sample) && row.state === 'queued') {
      sorted.relink.push({ sample, id: row.id, ordinal: row.ordinal })
    } else sorted.unchanged.push(sample)
  }
  return sorted
}
