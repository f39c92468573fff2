'use client'

import { late, useLate } from './late'
import type { Announcement } from './toast-list'

type Show = (announcement: Announcement) => void

/** Said before the list was there to show it. */
const waiting: Announcement[] = []
let shown: Show | null = null

function announce(announcement: Announcement): void {
  if (shown === null) waiting.push(announcement)
  else shown(announcement)
}

/** `toast({tone, title, text})`. Problems stay until closed; everything else goes after a few seconds. */
export function useToast(): Show {
  return announce
}

function connect(show: Show): () => void {
  shown = show
  for (const announcement of waiting.splice(0)) show(announcement)
  return () => {
    shown = null
  }
}

const toastList = late(() => import('./toast-list'))

/** Where messages stand, once a page. */
export function Toasts() {
  const part = useLate(toastList)
  return part === null ? null : <part.ToastList connect={connect} />
}
