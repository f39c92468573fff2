'use client'

import {
  type HTMLAttributes,
  type ReactElement,
  type Ref,
  type RefAttributes,
  useCallback,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import { holdKeys } from '@/browser/held-keys'

/**
 * Code the first picture does without: menus, dialogs, lists of choices. It is fetched when the page is loaded and the browser
 * has a moment, so the first press finds it there and a line that breaks later takes nothing away.
 */
export type Late<T> = {
  readonly now: () => T | null
  readonly subscribe: (listener: () => void) => () => void
  readonly fetch: () => Promise<T>
}

/** `load` must be an `import()` that stands in the calling file, so that the bundler sees it. */
export function late<T>(load: () => Promise<T>): Late<T> {
  const listeners = new Set<() => void>()
  let part: T | null = null
  let coming: Promise<T> | null = null
  const bring = () => {
    if (coming !== null) return coming
    const asked = load()
    coming = asked
    asked.then(
      (loaded) => {
        part = loaded
        for (const listener of listeners) listener()
      },
      () => {
        // The next press asks again, and so does a line that has come back.
        coming = null
      },
    )
    return asked
  }
  if (typeof window !== 'undefined') whenIdle(() => void bring().catch(() => {}))
  return {
    now: () => part,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    fetch: bring,
  }
}

/** At the latest so long after the page is loaded; a busy page is not waited for without end. */
const IDLE_MS = 500

function whenIdle(work: () => void): void {
  const rest = () => ('requestIdleCallback' in window ? requestIdleCallback(work, { timeout: IDLE_MS }) : setTimeout(work, IDLE_MS))
  if (document.readyState === 'complete') rest()
  else window.addEventListener('load', rest, { once: true })
  window.addEventListener('online', work)
}

const nothing = () => null

/** Longer than this nobody's keys are kept: what was asked for may never come. */
const HOLD_MS = 5000

/** The late part, or null until it is there. Wanted before that, it is fetched at once, and what is typed meanwhile waits for it. */
export function useLate<T>(part: Late<T>, isWanted = false): T | null {
  const loaded = useSyncExternalStore(part.subscribe, part.now, nothing)
  const isAwaited = isWanted && loaded === null
  useEffect(() => {
    if (!isAwaited) return
    const letGo = holdKeys()
    const giveUp = () => letGo(false)
    const timer = setTimeout(giveUp, HOLD_MS)
    part.fetch().catch(giveUp)
    return () => {
      clearTimeout(timer)
      letGo(part.now() !== null)
    }
  }, [part, isAwaited])
  return loaded
}

/** The element that opens a popup, a button. */
export type Trigger = ReactElement<HTMLAttributes<HTMLElement> & RefAttributes<HTMLElement>>

type CallRef = (node: HTMLElement | null) => (() => void) | undefined
type Refs = { readonly standIn: CallRef; readonly real: (node: HTMLElement | null) => void }

/** For a plain button that stands in for a late one: whoever has the focus on it keeps it when the real one takes its place. */
export function useFocusCarry(own?: Ref<HTMLElement>): Refs {
  const isCarried = useRef(false)
  const standIn = useCallback(
    (node: HTMLElement | null) => {
      const leave = attach(own, node)
      return () => {
        isCarried.current = node === document.activeElement
        leave()
      }
    },
    [own],
  )
  const real = useCallback((node: HTMLElement | null) => {
    if (node === null || !isCarried.current) return
    isCarried.current = false
    node.focus()
  }, [])
  return { standIn, real }
}

function attach(ref: Ref<HTMLElement> | undefined, node: HTMLElement | null): () => void {
  if (typeof ref === 'function') {
    const leave = ref(node)
    return () => (typeof leave === 'function' ? leave() : void ref(null))
  }
  if (ref != null) ref.current = node
  return () => {
    if (ref != null) ref.current = null
  }
}
