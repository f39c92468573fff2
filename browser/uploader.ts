/**
 * Resumable uploads by the tus protocol. Two files at a time; the rest waits. A dropped connection resumes at the offset
 * the server reports, also after a reload (the upload's address is remembered by tus-js-client under the file's print).
 */
import { DetailedError, Upload } from 'tus-js-client'
import { createStore } from 'zustand/vanilla'
import { isErrorBody } from '@/core/errors'
import { type FilePurpose, type PickedFile, purposeOf } from './dropped-files'

export type UploadItem = {
  readonly key: string
  readonly name: string
  readonly purpose: FilePurpose
  readonly bytesTotal: number
  readonly bytesSent: number
  readonly state: 'waiting' | 'sending' | 'paused' | 'done' | 'failed'
  /** Id of the finished upload on the server. */
  readonly uploadId: string | null
  readonly error: string | null
}

export type UploaderState = { readonly items: readonly UploadItem[]; readonly bytesPerSecond: number; readonly refused: readonly string[] }

const PARALLEL = 2
const CHUNK_BYTES = 16 * 1024 * 1024
const RETRY_DELAYS_MS = [0, 500, 1500, 4000, 10_000]

export function createUploader(projectId: string) {
  const store = createStore<UploaderState>(() => ({ items: [], bytesPerSecond: 0, refused: [] }))
  const files = new Map<string, File>()
  const running = new Map<string, Upload>()
  const marks: { atMs: number; bytes: number }[] = []
  let serial = 0

  const patch = (key: string, change: Partial<UploadItem>) =>
    store.setState((state) => ({ items: state.items.map((item) => (item.key === key ? { ...item, ...change } : item)) }))
  const itemOf = (key: string) => store.getState().items.find((item) => item.key === key)

  function measure() {
    const bytes = store.getState().items.reduce((sum, item) => sum + item.bytesSent, 0)
    const atMs = performance.now()
    marks.push({ atMs, bytes })
    while (marks.length > 2 && atMs - (marks[0]?.atMs ?? 0) > 8000) marks.shift()
    const first = marks[0]
    if (first && atMs > first.atMs) store.setState({ bytesPerSecond: Math.max(0, ((bytes - first.bytes) * 1000) / (atMs - first.atMs)) })
  }

  function pump() {
    const free = PARALLEL - running.size
    const waiting = store.getState().items.filter((item) => item.state === 'waiting')
    for (const item of waiting.slice(0, Math.max(0, free))) void send(item)
  }

  async function send(item: UploadItem) {
    const file = files.get(item.key)
    if (!file) return
    const upload = new Upload(file, {
      endpoint: '/api/uploads',
      metadata: { projectId, name: item.name, purpose: item.purpose },
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_DELAYS_MS,
      removeFingerprintOnSuccess: true,
      fingerprint: async () => `crema:${projectId}:${item.name}:${file.size}:${file.lastModified}`,
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0
        return status === 0 || status === 423 || status === 429 || status >= 500
      },
      onProgress: (bytesSent) => {
        patch(item.key, { bytesSent })
        measure()
      },
      onSuccess: () => finish(item.key, { state: 'done', bytesSent: item.bytesTotal, uploadId: idOf(upload.url), error: null }),
      onError: (error) => finish(item.key, { state: 'failed', error: sentenceOf(error) }),
    })
    running.set(item.key, upload)
    patch(item.key, { state: 'sending', error: null })
    const previous = await upload.findPreviousUploads()
    if (!running.has(item.key)) return
    if (previous[0]) upload.resumeFromPreviousUpload(previous[0])
    upload.start()
  }

  function finish(key: string, change: Partial<UploadItem>) {
    running.delete(key)
    patch(key, change)
    measure()
    pump()
  }

  return {
    store,
    /** Adds files that an import can use; the names of the others are kept in `refused` to be told. */
    add(picked: readonly PickedFile[]) {
      const items: UploadItem[] = []
      const refused: string[] = []
      for (const { file, path } of picked) {
        const purpose = purposeOf(path)
        const isKnown = store.getState().items.some((item) => item.name === path && item.bytesTotal === file.size)
        if (purpose === null) refused.push(path)
        else if (!isKnown) {
          serial += 1
          const key = `u${serial}`
          files.set(key, file)
          items.push({ key, name: path, purpose, bytesTotal: file.size, bytesSent: 0, state: 'waiting', uploadId: null, error: null })
        }
      }
      store.setState((state) => ({ items: [...state.items, ...items], refused }))
      pump()
    },
    async pauseAll() {
      const keys = [...running.keys()]
      await Promise.all([...running.values()].map((upload) => upload.abort()))
      running.clear()
      store.setState((state) => ({
        items: state.items.map((item) => (keys.includes(item.key) || item.state === 'waiting' ? { ...item, state: 'paused' } : item)),
        bytesPerSecond: 0,
      }))
    },
    resumeAll() {
      marks.length = 0
      store.setState((state) => ({
        items: state.items.map((item) =>
          item.state === 'paused' || item.state === 'failed' ? { ...item, state: 'waiting', error: null } : item,
        ),
      }))
      pump()
    },
    async remove(key: string) {
      const upload = running.get(key)
      running.delete(key)
      await upload?.abort(itemOf(key)?.state !== 'done')
      files.delete(key)
      store.setState((state) => ({ items: state.items.filter((item) => item.key !== key) }))
      pump()
    },
  }
}

export type Uploader = ReturnType<typeof createUploader>

function idOf(url: string | null): string | null {
  return url?.split('/').filter(Boolean).at(-1) ?? null
}

/** The server's own sentence when it sent one; a plain one otherwise. */
function sentenceOf(error: Error | DetailedError): string {
  if (!(error instanceof DetailedError)) return error.message
  const body = error.originalResponse?.getBody()
  if (!body) return 'The connection was lost. Press Resume to go on where it stopped.'
  try {
    const parsed: unknown = JSON.parse(body)
    const refusal = typeof parsed === 'object' && parsed !== null && 'error' in parsed ? parsed.error : null
    if (isErrorBody(refusal)) return refusal.message
  } catch {
    // Not JSON: a plain text from the tus server, shown as it is.
  }
  return body.slice(0, 300)
}
