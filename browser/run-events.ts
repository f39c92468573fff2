/** Live state of a run. The browser connects again by itself after a cut; only a refusal ends the line, and is tried later. */
import { type RunStatus, runStatusSchema } from '@/core/pipeline/run-status'

const REFUSED_MS = 5000

export type RunListener = { readonly onStatus: (status: RunStatus) => void; readonly onLine: (isUp: boolean) => void }

/** Listens until the returned function is called. */
export function listenToRun(projectId: string, runId: string, { onStatus, onLine }: RunListener): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  const open = () => {
    source = new EventSource(`/api/projects/${encodeURIComponent(projectId)}/runs/${encodeURIComponent(runId)}/events`)
    source.onmessage = (event) => {
      const parsed = runStatusSchema.safeParse(readJson(event.data))
      if (!parsed.success) return
      onLine(true)
      onStatus(parsed.data)
    }
    source.onerror = () => {
      onLine(false)
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, REFUSED_MS)
    }
  }
  open()
  return () => {
    if (timer !== null) clearTimeout(timer)
    source?.close()
  }
}

function readJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null
  } catch {
    return null
  }
}
