/** The page of `selector.ts`: asks the selector's real worker, as the review screen does. */
import { openSelector } from '@/browser/selector/open-selector'
import type { SelectorAnswer, SelectorRequest } from '@/browser/selector/selector-types'

/** `waitMs` = from the question to the answer on the page, messages between the threads included. */
export type Asked = SelectorAnswer & { readonly waitMs: number }

declare global {
  interface Window {
    askSelector(request: SelectorRequest): Promise<Asked>
  }
}

const client = openSelector(() => new Worker('/worker/page.mjs', { type: 'module' }))
window.askSelector = async (request) => {
  const begin = performance.now()
  const answer = await client.suggest(request, { signal: new AbortController().signal, onProgress: () => undefined })
  return { ...answer, waitMs: performance.now() - begin }
}
