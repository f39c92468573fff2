/** A large file goes into the bucket in parts. Until the last act nothing has a name there. */
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { AppError } from '@/core/errors'
import type { BlobFacts } from './blob-store'
import { checksumOf, type S3Bucket, unlessThere } from './s3-bucket'

/** Files up to this size go in one piece, larger ones in parts of this size. The least S3 takes is 5 MiB. */
export const PART_BYTES = 16 * 1024 ** 2
const MAX_PARTS = 10_000

/** Throws AppError storage_full, unavailable, bad_setting; an upload that fails is taken back. */
export async function uploadParts(bucket: S3Bucket, key: string, file: string, facts: BlobFacts, isNew: boolean): Promise<void> {
  const name = bucket.nameOf(key)
  const begun = await bucket.act((client) => client.send(new CreateMultipartUploadCommand({ ...name, ChecksumAlgorithm: 'SHA256' })))
  const upload = { ...name, UploadId: begun.UploadId }
  try {
    const MultipartUpload = { Parts: await sendAll(bucket, upload, file, facts) }
    await bucket.act((client) =>
      unlessThere(isNew, (condition) => client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload, ...condition }))),
    )
  } catch (thrown) {
    // Best effort: the service's own rule for unfinished uploads takes the rest (docs/deploy.md).
    await bucket.act((client) => client.send(new AbortMultipartUploadCommand(upload))).catch(() => undefined)
    throw thrown
  }
}

type Upload = { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined }

async function sendAll(bucket: S3Bucket, upload: Upload, file: string, { sha256, bytes }: BlobFacts): Promise<CompletedPart[]> {
  const partBytes = Math.max(PART_BYTES, Math.ceil(bytes / MAX_PARTS))
  const hash = createHash('sha256')
  const parts: CompletedPart[] = []
  const handle = await open(file, 'r')
  try {
    for (let at = 0; at < bytes; at += partBytes) {
      const Body = await readPart(handle, at, Math.min(partBytes, bytes - at))
      hash.update(Body)
      const part = { PartNumber: parts.length + 1, ChecksumSHA256: checksumOf(Body) }
      const { ETag } = await bucket.act((client) =>
        client.send(new UploadPartCommand({ ...upload, ...part, Body, ContentLength: Body.length })),
      )
      parts.push({ ...part, ...(ETag === undefined ? {} : { ETag }) })
    }
  } finally {
    await handle.close()
  }
  // S3 checks each part; that the parts are the file we hashed is checked here.
  if (hash.digest('hex') !== sha256) throw new AppError('unavailable', 'A file changed while it was stored. It was not stored.')
  return parts
}

async function readPart(handle: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const part = Buffer.alloc(bytes)
  const { bytesRead } = await handle.read(part, 0, bytes, at)
  if (bytesRead !== bytes) throw new AppError('unavailable', 'A file changed while it was stored. It was not stored.')
  return part
}
