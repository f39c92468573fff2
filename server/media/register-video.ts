import { AppError } from '@/core/errors'
import { db } from '@/server/db'
import { Prisma, type Video } from '@/server/generated/prisma/client'
import { enqueue } from '@/server/jobs'
import { blobBytes, localBlob, putBlob, removeBlob } from '@/server/storage'
import { prepareVideo } from './prepare-video'
import { sniffMedia } from './sniff'

export type VideoToRegister = {
  readonly projectId: string
  /** What people call it: path relative to the import folder, or the upload's file name. Data, never a path we open. */
  readonly name: string
  readonly source?: string | null
  readonly license?: string | null
} & ({ readonly path: string } | { readonly blobSha256: string })

const MAX_NAME_LENGTH = 1024

/**
 * Takes a media file into a project: content-addressed copy and one row per (project, content). The same content again gives
 * the same row back. `probe: 'now'` reads the file before it returns and leaves nothing behind when that fails; `'job'`
 * queues the reading in the same transaction as the row.
 *
 * Throws AppError unsupported_media, corrupt_media, missing_file, storage_full; with 'now' also limit_exceeded, media_crashed.
 */
export async function registerVideo(
  input: VideoToRegister,
  { probe, signal }: { probe: 'now' | 'job'; signal?: AbortSignal },
): Promise<Video> {
  const sourcePath = 'path' in input ? input.path : await localBlob(input.blobSha256)
  const { mediaType } = await sniffMedia(sourcePath)
  const blob =
    'path' in input ? await putBlob({ path: input.path }) : { sha256: input.blobSha256, bytes: await blobBytes(input.blobSha256) }
  const identity = { projectId: input.projectId, sha256: blob.sha256 }
  const known = await db.video.findUnique({ where: { projectId_sha256: identity } })
  if (known !== null && (known.state === 'done' || (probe === 'job' && known.state !== 'failed'))) return known
  const row = {
    ...identity,
    ...{ name: plainName(input.name), bytes: BigInt(blob.bytes), mediaType },
    ...{ source: input.source ?? null, license: input.license ?? null },
  }
  if (probe === 'job') return createAndEnqueue(row)
  try {
    const prepared = await prepareVideo(blob.sha256, signal)
    return await upsert(db, row, { state: 'done' }, prepared)
  } catch (error) {
    if ('path' in input) await dropUnused(blob.sha256)
    throw error
  }
}

type Row = {
  projectId: string
  sha256: string
  name: string
  bytes: bigint
  mediaType: string
  source: string | null
  license: string | null
}

function createAndEnqueue(row: Row): Promise<Video> {
  return db.$transaction(async (tx) => {
    const state = { state: 'waiting' as const, errorCode: null, errorMessage: null }
    const video = await upsert(tx, row, state, state)
    await enqueue(tx, 'probe-video', video.id)
    return video
  })
}

async function upsert(
  client: Pick<Prisma.TransactionClient, 'video'>,
  row: Row,
  state: { state: 'done' | 'waiting' },
  update: Prisma.VideoUpdateInput,
): Promise<Video> {
  const where = { projectId_sha256: { projectId: row.projectId, sha256: row.sha256 } }
  try {
    const { id } = await client.video.upsert({ where, create: { ...row, ...state }, update: {}, select: { id: true } })
    return await client.video.update({ where: { id }, data: update })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003') {
      throw new AppError('not_found', 'There is no such project any more.')
    }
    throw error
  }
}

/** Nothing half-written stays: a refused file's copy goes again, unless something else names the same content. */
async function dropUnused(sha256: string): Promise<void> {
  const [video, upload] = await Promise.all([db.video.findFirst({ where: { sha256 } }), db.upload.findFirst({ where: { sha256 } })])
  if (video === null && upload === null) await removeBlob(sha256)
}

/** Names are shown and stored, nothing else; control characters would garble lists and logs. */
function plainName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = name.replace(/[\u0000-\u001f\u007f]/g, ' ').trim()
  return (plain === '' ? 'video' : plain).slice(0, MAX_NAME_LENGTH)
}
