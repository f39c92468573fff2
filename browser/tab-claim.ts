/**
 * Which tab this is. The id lives in sessionStorage, so it survives a reload; a lock held for the life of the tab tells
 * others that its edits are being looked after. Without locks (plain http from another machine) the id alone has to do.
 */
import { newId } from './new-id'

const KEY = 'crema-tab'
/** A reloading page may find its own lock still held for a moment; a duplicated tab finds it held for good. */
const RELOAD_GRACE_MS = 800

const lockName = (tabId: string) => `crema-tab:${tabId}`

function hold(tabId: string, signal?: AbortSignal): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true)
  return new Promise((resolve) => {
    const held = () => {
      resolve(true)
      return new Promise<never>(() => {})
    }
    navigator.locks.request(lockName(tabId), signal === undefined ? {} : { signal }, held).catch(() => resolve(false))
  })
}

export async function claimTab(): Promise<string> {
  const known = sessionStorage.getItem(KEY)
  if (known !== null && (await hold(known, AbortSignal.timeout(RELOAD_GRACE_MS)))) return known
  const fresh = newId()
  await hold(fresh)
  sessionStorage.setItem(KEY, fresh)
  return fresh
}

/** Runs `work` if the tab is gone, holding its lock meanwhile, so that only one tab takes its edits over. */
export async function ifTabIsGone<T>(tabId: string, work: () => Promise<T>): Promise<T | null> {
  if (!('locks' in navigator)) return null
  return navigator.locks.request(lockName(tabId), { ifAvailable: true }, (lock) => (lock === null ? null : work()))
}
