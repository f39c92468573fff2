/**
 * Resumable uploads by the tus protocol. Parts lie in `CREMA_DATA/uploads` under a random id; nothing of a part's name or type
 * is believed. A finished upload becomes a blob and one `Upload` row, a video is registered and its reading queued.
 */
import { mkdirSync } from 'node:fs'
import { rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { FileStore } from '@tus/file-store'
import { Server, type Upload as TusUpload } from '@tus/server'
import { z } from 'zod'
import { AppError, type ErrorBody, toAppError } from '@/core/errors'
import { projectIdSchema } from '@/core/ids'
import { audit } from './audit'
import { db } from './db'
import { env } from './env'
import type { Upload } from './generated/prisma/client'
import { registerVideo } from './media/register-video'
import { reportError } from './report-error'
import type { Viewer } from './session'
import { putBlob } from './storage'
import { checkUpload, type UploadPurpose, uploadPurposeSchema } from './upload-checks'
import { requireProject } from './viewer'

const PATH = '/api/uploads'
/** Abandoned parts go after this long. */
const EXPIRY_MS = 3 * 24 * 3600 * 1000
const SWEEP_INTERVAL_MS = 3600 * 1000
/** Less free space than this after a failed write means that the storage is full. */
const FULL_BELOW_BYTES = 64 * 1024 * 1024

const idSchema = z.string().regex(/^[0-9a-f]{32}$/)
const metadataSchema = z.object({
  projectId: projectIdSchema,
  name: z.string().min(1).max(1024),
  purpose: uploadPurposeSchema,
})
const ownedSchema = metadataSchema.extend({ userId: z.string() })

let opened: FileStore | undefined
let lastSweepMs = 0

/** Made at first use: loading this module (the build does) must not create folders. */
function parts(): FileStore {
  if (opened !== undefined) return opened
  const directory = path.join(env.dataDir, 'uploads')
  mkdirSync(directory, { recursive: true })
  opened = new FileStore({ directory, expirationPeriodInMilliseconds: EXPIRY_MS })
  return opened
}

/** Answers one tus request (POST, PATCH, HEAD, DELETE, OPTIONS) of a signed-in viewer. */
export async function answerUpload(request: Request, viewer: Viewer): Promise<Response> {
  if (request.method === 'HEAD') {
    const finished = await finishedUpload(request, viewer)
    if (finished !== null) return finishedResponse(finished)
  }
  const response = await serverFor(viewer).handleWeb(request)
  response.headers.set('cache-control', 'no-store')
  response.headers.set('x-content-type-options', 'nosniff')
  return response
}

/** One finished upload of the viewer in the project, with its blob. Throws AppError not_found. */
export async function getUpload(projectId: string, id: string): Promise<Upload & { sha256: string }> {
  const row = await db.upload.findFirst({ where: { id, projectId } })
  if (row === null || row.sha256 === null) throw new AppError('not_found', 'There is no such upload. Send the file again.')
  return { ...row, sha256: row.sha256 }
}

/** The rights are the viewer's, so the server object is made for the request; the store and its parts are shared. */
function serverFor(viewer: Viewer): Server {
  return new Server({
    path: PATH,
    datastore: parts(),
    relativeLocation: true,
    maxSize: env.maxUploadBytes,
    allowedOrigins: () => false,
    getFileIdFromRequest: (_request, lastPath) => idSchema.safeParse(lastPath).data,
    onUploadCreate: async (_request, upload) => {
      const metadata = readMetadata(upload)
      await requirePurpose(viewer, metadata)
      await sweep()
      return { metadata: { ...metadata, userId: viewer.userId } }
    },
    onIncomingRequest: async (request, id) => {
      if (request.method !== 'POST') await requireOwn(viewer, id)
    },
    onUploadFinish: async (_request, upload) => {
      await finish(viewer, upload.id)
      return {}
    },
    onResponseError: describeError,
  })
}

const PERMISSION = { video: 'video.upload', still: 'import.run', annotations: 'import.run' } as const

async function requirePurpose(viewer: Viewer, { projectId, purpose }: { projectId: string; purpose: UploadPurpose }): Promise<void> {
  await requireProject(viewer, { projectId }, PERMISSION[purpose])
}

/** An upload of somebody else does not exist for the viewer; rights taken away meanwhile count at once. */
async function requireOwn(viewer: Viewer, id: string): Promise<z.infer<typeof ownedSchema>> {
  const owned = ownedSchema.safeParse((await parts().getUpload(id)).metadata)
  if (!owned.success || owned.data.userId !== viewer.userId) throw new AppError('not_found', 'There is no such upload.')
  await requirePurpose(viewer, owned.data)
  return owned.data
}

function readMetadata(upload: TusUpload): z.infer<typeof metadataSchema> {
  const parsed = metadataSchema.safeParse(upload.metadata ?? {})
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? 'metadata'
  throw new AppError('invalid_input', `The upload's metadata field "${field}" is missing or wrong.`, { field })
}

/** Keeps a complete part: content check, blob, row. A refused part is thrown away. */
async function finish(viewer: Viewer, id: string): Promise<void> {
  const { projectId, name, purpose } = await requireOwn(viewer, id)
  const part = path.join(parts().directory, id)
  try {
    await checkUpload(purpose, part)
  } catch (error) {
    await parts().remove(id)
    throw error
  }
  const blob = await putBlob({ path: part, isOurs: true })
  const video = purpose === 'video' ? await registerVideo({ projectId, blobSha256: blob.sha256, name }, { probe: 'job' }) : null
  await db.$transaction(async (tx) => {
    const row = {
      id,
      projectId,
      userId: viewer.userId,
      name,
      bytes: BigInt(blob.bytes),
      purpose,
      sha256: blob.sha256,
      videoId: video?.id ?? null,
    }
    await tx.upload.upsert({ where: { id }, create: row, update: row })
    await audit(tx, {
      scope: projectId,
      actorId: viewer.userId,
      action: 'upload-file',
      subject: id,
      facts: { name, purpose, sha256: blob.sha256, bytes: blob.bytes },
    })
  })
  await rm(`${part}.json`, { force: true })
}

/**
 * The answer to the last chunk may have been lost, or the server may have died right after writing it: a client that asks for
 * the offset then finds the upload complete, and what is left to do is done now.
 */
async function finishedUpload(request: Request, viewer: Viewer): Promise<Upload | null> {
  const id = idSchema.safeParse(new URL(request.url).pathname.split('/').at(-1))
  if (!id.success) return null
  const mine = { id: id.data, userId: viewer.userId }
  const row = await db.upload.findFirst({ where: mine })
  if (row !== null) return row
  const part = await parts()
    .getUpload(id.data)
    .catch(() => null)
  if (part === null || part.size === undefined || part.offset !== part.size) return null
  await finish(viewer, id.data)
  return db.upload.findFirst({ where: mine })
}

function finishedResponse({ bytes }: Upload): Response {
  const headers = { 'tus-resumable': '1.0.0', 'upload-offset': String(bytes), 'upload-length': String(bytes), 'cache-control': 'no-store' }
  return new Response(null, { status: 200, headers })
}

async function sweep(): Promise<void> {
  const now = Date.now()
  if (now - lastSweepMs < SWEEP_INTERVAL_MS) return
  lastSweepMs = now
  await parts().deleteExpired()
}

/** Our refusals as `{error}` like everywhere below /api; the protocol's own errors stay as they are. */
async function describeError(
  request: { method: string; url: string },
  thrown: unknown,
): Promise<{ status_code: number; body: string } | undefined> {
  const isProtocol = !(thrown instanceof AppError) && typeof thrown === 'object' && thrown !== null && 'status_code' in thrown
  if (isProtocol && !(await isStorageFull(thrown))) return undefined
  const error = isProtocol
    ? new AppError('storage_full', 'The storage is full. The upload can go on when there is space again.')
    : toAppError(thrown)
  if (error.code === 'internal') reportError(thrown, { requestId: 'upload', method: request.method, path: PATH })
  const body: { error: ErrorBody } = { error: error.toBody() }
  return { status_code: error.status, body: JSON.stringify(body) }
}

async function isStorageFull(thrown: object): Promise<boolean> {
  if (!('status_code' in thrown) || thrown.status_code !== 500) return false
  const space = await statfs(env.dataDir).catch(() => null)
  return space !== null && space.bavail * space.bsize < FULL_BELOW_BYTES
}
