/** Settled samples for tests against a real database. Never imported by the product. */
import { randomUUID } from 'node:crypto'
import { altered, draftSample } from '@/core/document.fixture'
import type { SampleDocument } from '@/core/records'
import type { SampleState } from '@/core/sample-state'
import { db } from '../db'

/** The hand-made sample, asking this, with its three core frames on these frames (the last one for those that are left). */
export function documentAsking(question: string, indices: readonly number[]): SampleDocument {
  const asked = altered(draftSample(), 'question', { text: question })
  return ['f1', 'f2', 'f3'].reduce((doc, id, at) => altered(doc, id, { index: indices[Math.min(at, indices.length - 1)] ?? null }), asked)
}

type Given = {
  readonly projectId: string
  readonly videoId: string | null
  readonly question?: string
  readonly frames?: readonly number[]
  readonly state?: SampleState
  readonly externalId?: string
}

export async function addReviewed({ frames = [0], question = 'Where is the car?', state = 'approved', ...given }: Given): Promise<string> {
  const document = documentAsking(question, frames)
  const { id } = await db.sample.create({
    data: {
      ...{ projectId: given.projectId, videoId: given.videoId, externalId: given.externalId ?? randomUUID() },
      ...{ sourceHash: 'x', question, state, body: { create: { draft: document, document, source: {} } } },
    },
    select: { id: true },
  })
  return id
}

/** A video that has been read, as far as lists know. */
export async function addVideo(
  projectId: string,
  more: { state?: 'done' | 'failed'; frameTableSha256?: string | null } = {},
): Promise<string> {
  const sha256 = randomUUID().replaceAll('-', '').padEnd(64, '0')
  const data = { projectId, sha256, name: `${sha256}.mp4`, bytes: 1, state: 'done' as const, frameTableSha256: 'b'.repeat(64), ...more }
  return (await db.video.create({ data, select: { id: true } })).id
}
