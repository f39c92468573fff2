/** Small questions to a model that a person waits for. The worker answers them: only it has keys and models. */
import { z } from 'zod'
import type { AppError } from '@/core/errors'
import { frameIndexSchema, videoIdSchema } from '@/core/ids'
import { providerRefSchema } from '@/core/pipeline/settings'
import { modelRoleSchema } from '@/core/pipeline/stages'
import { db, type Tx } from '../db'
import { toJsonInput } from '../import/track-import'
import { enqueue } from '../jobs'

export const errandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('test-provider'), role: modelRoleSchema, ref: providerRefSchema }),
  z.object({ kind: z.literal('find-boxes'), videoId: videoIdSchema, frameIndex: frameIndexSchema, phrase: z.string() }),
])
export type ErrandRequest = z.input<typeof errandSchema>

type Asker = { readonly projectId: string; readonly userId: string }

/** People wait for these, so they go before everything that runs unattended. */
const PRIORITY = 100

export async function startErrand(tx: Tx, asker: Asker, request: ErrandRequest): Promise<{ errandId: string }> {
  const { kind, ...input } = errandSchema.parse(request)
  const { id } = await tx.errand.create({ data: { ...asker, kind, input: toJsonInput(input) }, select: { id: true } })
  await enqueue(tx, 'run-errand', id, { priority: PRIORITY })
  return { errandId: id }
}

/** The question will not be answered any more: whoever waits is told why. */
export async function buryErrand(id: string, { code, message }: AppError): Promise<void> {
  const data = { state: 'failed' as const, errorCode: code, errorMessage: message, finishedAt: new Date() }
  await db.errand.updateMany({ where: { id, state: { in: ['waiting', 'running'] } }, data })
}
