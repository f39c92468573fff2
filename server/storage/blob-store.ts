/** What a place for blobs must do. `server/storage.ts` is the door; nothing else talks to a store. */
import type { Sha256 } from '@/core/ids'

export type BlobFacts = { readonly sha256: Sha256; readonly bytes: number }

/** Byte positions, `end` inclusive. */
export type ByteSpan = { readonly start: number; readonly end: number }

/** How the bytes are named to a browser that fetches them by a link. */
export type LinkOptions = { readonly contentType: string; readonly cacheControl: string; readonly disposition?: string }

/** Names are checked by the door: a store only ever sees a sha256. */
export type BlobStore = {
  /** Size in bytes, or null when the blob is not there. `isFresh`: what was seen a moment ago does not count. */
  readonly sizeOf: (sha256: string, isFresh?: boolean) => Promise<number | null>
  /** Bytes of a blob that is there, read no faster than they are taken. */
  readonly read: (sha256: string, span: ByteSpan) => AsyncIterable<Buffer>
  /** Takes a whole temporary file of ours under its name; the file may be gone afterwards. `known` = what `sizeOf` said. */
  readonly publish: (temp: string, facts: BlobFacts, known: number | null) => Promise<void>
  /** The same content was stored again. */
  readonly keepYoung: (sha256: string) => Promise<void>
  readonly remove: (sha256: string) => Promise<void>
  /** A file with the content, for programs that need one, or null when the blob is not there. */
  readonly localPath: (sha256: string) => Promise<string | null>
  /** Ends well when blobs can be read and written. Throws AppError bad_setting, unavailable, storage_full. */
  readonly check: () => Promise<void>
  /** A short-lived address a browser may read the blob at, or null where the bytes pass through us. */
  readonly link: (sha256: string, options: LinkOptions) => Promise<string | null>
}
