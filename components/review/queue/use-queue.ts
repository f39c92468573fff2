'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SampleReader } from '@/browser/prefetch'
import type { QueueItem, QueuePage } from '@/core/review-sample'
import { isEditable } from '@/core/sample-state'

/** What of the queue is loaded: a run of neighbours in order. `position` = 1-based place of the first among `total`. */
export type QueueView = QueuePage & { readonly isLoading: boolean }

export type Queue = ReturnType<typeof useQueue>

/** The queue around the open sample; more is read when an end comes into view. `filter` is the query without `sample`. */
export function useQueue(reader: SampleReader, filter: string, initial: QueuePage) {
  const [view, setView] = useState<QueueView>({ ...initial, isLoading: false })
  const latest = useRef(view)
  latest.current = view
  const isBusy = useRef(false)

  const read = useCallback(
    async (place: Record<string, string>, join: (before: QueueView, page: QueuePage) => QueueView) => {
      if (isBusy.current) return
      isBusy.current = true
      setView((before) => ({ ...before, isLoading: true }))
      try {
        const params = new URLSearchParams(filter)
        for (const [name, value] of Object.entries(place)) params.set(name, value)
        const page = await reader.queue(params)
        setView((before) => join(before, page))
      } catch {
        // The list stays as it is; scrolling on or the next decision asks again.
      } finally {
        isBusy.current = false
        setView((before) => ({ ...before, isLoading: false }))
      }
    },
    [reader, filter],
  )

  const reload = useCallback(
    (around: string | null) => read(around === null ? {} : { around }, (_, page) => ({ ...page, isLoading: false })),
    [read],
  )
  const loadAfter = useCallback(() => {
    const last = latest.current.items.at(-1)
    if (last === undefined || !latest.current.hasAfter) return Promise.resolve()
    return read({ after: last.cursor }, (before, page) => ({
      ...before,
      items: joined(before.items, page.items),
      hasAfter: page.hasAfter,
      counts: page.counts,
      total: page.total,
    }))
  }, [read])
  const loadBefore = useCallback(() => {
    const [first] = latest.current.items
    if (first === undefined || !latest.current.hasBefore) return Promise.resolve()
    return read({ before: first.cursor }, (before, page) => {
      const fresh = page.items.filter((item) => !before.items.some((known) => known.id === item.id))
      return { ...before, items: [...fresh, ...before.items], hasBefore: page.hasBefore, position: page.position }
    })
  }, [read])

  /** Shows what became of a sample at once; the server's numbers follow with the next page. */
  const patch = useCallback((sampleId: string, change: Partial<QueueItem>) => {
    setView((before) => {
      const items = before.items.map((item) => (item.id === sampleId ? { ...item, ...change } : item))
      const was = before.items.find((item) => item.id === sampleId)
      const lost = was !== undefined && change.state !== undefined ? Number(isEditable(was.state)) - Number(isEditable(change.state)) : 0
      return { ...before, items, counts: { ...before.counts, left: Math.max(0, before.counts.left - lost) } }
    })
  }, [])

  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) isFirst.current = false
    else void reload(null)
  }, [reload])

  return useMemo(() => ({ view, latest, reload, loadAfter, loadBefore, patch }), [view, reload, loadAfter, loadBefore, patch])
}

function joined(before: readonly QueueItem[], fresh: readonly QueueItem[]): QueueItem[] {
  const known = new Set(before.map((item) => item.id))
  return [...before, ...fresh.filter((item) => !known.has(item.id))]
}

/** The sample `by` places away. */
export function neighbour(items: readonly QueueItem[], currentId: string, by: 1 | -1): QueueItem | null {
  return items[items.findIndex((item) => item.id === currentId) + by] ?? null
}

/** The nearest ahead, then from the beginning, that is still to be decided and was not put off. */
export function nextOpen(items: readonly QueueItem[], currentId: string): QueueItem | null {
  const place = items.findIndex((item) => item.id === currentId)
  const ahead = [...items.slice(place + 1), ...items.slice(0, Math.max(0, place))]
  return ahead.find((item) => isEditable(item.state) && !item.isSkipped && item.id !== currentId) ?? null
}
