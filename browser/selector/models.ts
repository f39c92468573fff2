/**
 * Model files on the user's side: fetched once, held against the sha256 of the server's list before anything runs them, and kept in the
 * Cache API under that sha256, so that a reload fetches nothing. What is kept is checked like what is fetched.
 */
import { getBytes, getJson, modelUrls } from '@/browser/api'
import { AppError } from '@/core/errors'
import { type ListedModel, type ModelList, type ModelPart, modelListSchema } from '@/core/models/model-list'
import type { SelectorProgress } from './selector-types'

/** Progress of `models` is in bytes of the file that is being fetched. */
export type CallOptions = { readonly signal?: AbortSignal; readonly onProgress?: (progress: SelectorProgress) => void }

/** A file that is what the list says. */
export type VerifiedModel = {
  readonly name: string
  readonly dtype: ListedModel['dtype']
  readonly sha256: string
  readonly content: Uint8Array<ArrayBuffer>
}

export type ModelStore = {
  /** @throws AppError as `getJson` */
  list(options?: CallOptions): Promise<ModelList>
  /** @throws AppError bad_file (other bytes than promised), unavailable, what the server refuses with */
  read(part: ModelPart, options?: CallOptions): Promise<Uint8Array<ArrayBuffer>>
  /** The ONNX file of a model. @throws AppError missing_file, and as `read` */
  weights(model: ListedModel, options?: CallOptions): Promise<VerifiedModel>
}

/** What of the browser is used; absent where the page is not served safely, or storage is denied. */
export type ModelWorld = { readonly caches: CacheStorage | undefined; readonly subtle: SubtleCrypto | undefined }

const CACHE = 'crema-models-v1'

/** A page that is not served by https or from this machine has neither hashes nor a cache nor WebGPU. */
const worldOfBrowser = (): ModelWorld => ({ caches: globalThis.caches, subtle: globalThis.crypto?.subtle })

export function openModelStore(world: ModelWorld = worldOfBrowser()): ModelStore {
  let listing: Promise<ModelList> | null = null
  const store: ModelStore = {
    list: ({ signal } = {}) => {
      listing ??= getJson(modelUrls.listUrl, modelListSchema, signal === undefined ? {} : { signal })
      const current = listing
      // Kept for this page; asked again where it failed.
      current.catch(() => {
        if (listing === current) listing = null
      })
      return current
    },
    async read(part, { signal, onProgress } = {}) {
      const cache = await openCache(world)
      const kept = await readKept(cache, part, world)
      signal?.throwIfAborted()
      if (kept !== null) return kept
      onProgress?.({ phase: 'models', done: 0, total: part.bytes })
      const content = await getBytes(modelUrls.fileUrl(part.sha256), {
        bytes: part.bytes,
        ...(signal === undefined ? {} : { signal }),
        onBytes: (done) => onProgress?.({ phase: 'models', done, total: part.bytes }),
      })
      if (!(await isPart(content, part, world))) throw wrongFile(part)
      await keep(cache, part, content)
      return content
    },
    async weights(model, options) {
      const part = model.files.find(({ file }) => file.endsWith('.onnx'))
      if (part === undefined) throw new AppError('missing_file', `The model ${model.name} has no ONNX file.`, { model: model.name })
      return { name: model.name, dtype: model.dtype, sha256: part.sha256, content: await store.read(part, options) }
    },
  }
  return store
}

async function isPart(content: Uint8Array<ArrayBuffer>, part: ModelPart, { subtle }: ModelWorld): Promise<boolean> {
  if (subtle === undefined) {
    const message = 'The browser cannot check model files on this page. Open Crema by https, or from the machine that it runs on.'
    throw new AppError('unavailable', message, { file: part.file })
  }
  if (content.length !== part.bytes) return false
  const digest = new Uint8Array(await subtle.digest('SHA-256', content))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') === part.sha256
}

function wrongFile({ file }: ModelPart): AppError {
  const message = `The model file ${file} is not the one that the server's list names, so it was not run. Ask the administrator to prepare or register the model again.`
  return new AppError('bad_file', message, { file })
}

async function openCache({ caches }: ModelWorld): Promise<Cache | null> {
  try {
    return (await caches?.open(CACHE)) ?? null
  } catch {
    // Storage is denied: the file is fetched each time.
    return null
  }
}

async function readKept(cache: Cache | null, part: ModelPart, world: ModelWorld): Promise<Uint8Array<ArrayBuffer> | null> {
  const path = modelUrls.fileUrl(part.sha256)
  const response = await cache?.match(path).catch(() => undefined)
  if (response === undefined) return null
  const content = new Uint8Array(await response.arrayBuffer().catch(() => new ArrayBuffer(0)))
  if (await isPart(content, part, world)) return content
  await cache?.delete(path).catch(() => false)
  return null
}

async function keep(cache: Cache | null, part: ModelPart, content: Uint8Array<ArrayBuffer>): Promise<void> {
  // A full disk is no reason not to answer.
  await cache?.put(modelUrls.fileUrl(part.sha256), new Response(content)).catch(() => undefined)
}
