'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** A moment in the reader's own time. The server does not know that time and leaves the place empty. */
export function LocalTime({ iso, isLong = false }: { iso: string; isLong?: boolean }) {
  const text = useSyncExternalStore(
    never,
    () => textOf(new Date(iso), isLong),
    () => '',
  )
  return <time dateTime={iso}>{text}</time>
}

function textOf(at: Date, isLong: boolean): string {
  const isToday = at.toDateString() === new Date().toDateString()
  if (isToday && !isLong) return at.toLocaleTimeString('en-GB', { timeStyle: 'short' })
  return at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}
