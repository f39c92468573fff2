'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { formatCount } from '@/components/project/numbers'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { SamplePage } from '@/core/sample-row'
import { listKeyOf } from './list-keys'
import { LINE_GRID, LINE_HEIGHT, SampleLine, WIDE_ONLY } from './sample-line'
import { useSampleRows } from './use-sample-rows'

type SampleTableProps = {
  projectId: string
  query: string
  first: { query: string; page: SamplePage }
  total: number
  nowMs: number
  /** Address of the review screen for a sample of this list. */
  reviewHref: (sampleId: string) => string
  searchId: string
}

const OVERSCAN = 12
/** The heading stays on top of the rows: a row that is scrolled to must not hide below it. */
const HEAD_HEIGHT = 28
/** Rows asked for before the list has been measured: about a large screen. */
const FIRST_ROWS = 30

export function SampleTable({ projectId, query, first, total, nowMs, reviewHref, searchId }: SampleTableProps) {
  const router = useRouter()
  const scroller = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD_HEIGHT,
  })
  const items = virtual.getVirtualItems()
  const from = items[0]?.index ?? 0
  const to = items.at(-1)?.index ?? Math.min(total - 1, FIRST_ROWS)
  const { rowAt, error, retry } = useSampleRows({ projectId, query, first }, from, to)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list, which starts at its top
  useEffect(() => {
    setCurrent(0)
    virtual.scrollToOffset(0)
  }, [query])

  const act = useRef<(event: KeyboardEvent) => void>(() => undefined)
  // The newest closure, so that the listener is bound once.
  act.current = (event) => {
    if (event.defaultPrevented || isTyping(event.target)) return
    const key = listKeyOf(event)
    if (key === null) return
    if (key === 'open') {
      const row = rowAt(current)
      if (row === null || isControl(event.target)) return
      router.push(reviewHref(row.id))
    } else if (key === 'search') {
      document.getElementById(searchId)?.focus()
    } else {
      const next = Math.min(Math.max(0, total - 1), Math.max(0, current + (key === 'down' ? 1 : -1)))
      setCurrent(next)
      virtual.scrollToIndex(next)
    }
    event.preventDefault()
  }
  useEffect(() => {
    const listen = (event: KeyboardEvent) => act.current(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  const shownFrom = virtual.range?.startIndex ?? 0
  const shownTo = virtual.range?.endIndex ?? Math.min(total, FIRST_ROWS) - 1
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <section ref={scroller} tabIndex={0} aria-label="Samples" className="-outline-offset-2 min-h-0 flex-1 overflow-y-auto">
        <table aria-rowcount={total + 1} className="block w-full">
          <HeadLine />
          <tbody
            className="block w-full"
            style={{ height: items.length === 0 ? undefined : virtual.getTotalSize(), paddingTop: items[0]?.start ?? 0 }}
          >
            {(items.length === 0 ? range(Math.min(total, FIRST_ROWS)) : items.map((item) => item.index)).map((index) => {
              const row = rowAt(index)
              return (
                <SampleLine
                  key={index}
                  row={row}
                  number={index + 1}
                  projectId={projectId}
                  href={row === null ? '' : reviewHref(row.id)}
                  isCurrent={index === current}
                  nowMs={nowMs}
                />
              )
            })}
          </tbody>
        </table>
      </section>
      <footer className="flex h-12 flex-none items-center gap-2 border-line border-t bg-raised px-4 text-fg-3">
        {error === null ? (
          <span className="num">
            {formatCount(shownFrom + 1)}–{formatCount(Math.min(total, shownTo + 1))} of {formatCount(total)}
          </span>
        ) : (
          <span role="alert" className="flex min-w-0 items-center gap-2 text-bad">
            <span className="truncate">{error.message}</span>
            <Button size="sm" onClick={retry}>
              Try again
            </Button>
          </span>
        )}
        <span className="flex-1" />
        <Hint keys={['J', 'K']}>move</Hint>
        <Hint keys={['Enter']}>review</Hint>
        <Hint keys={['/']}>search</Hint>
      </footer>
    </div>
  )
}

function HeadLine() {
  const names = ['Frame', 'Question', 'Video', 'Task', 'State', 'Flags', 'Risk', '', 'Updated']
  return (
    <thead className="sticky top-0 z-10 block w-full">
      <tr aria-rowindex={1} className={clsx(LINE_GRID, 'h-7 border-line border-b bg-app text-11 text-fg-3')}>
        {names.map((name, index) => (
          <th
            key={name}
            scope="col"
            className={clsx('text-left font-medium', index === 2 || index === 7 ? WIDE_ONLY : '', index === 8 && 'text-right')}
          >
            {name === '' ? <span className="sr-only">Reviewer</span> : name}
          </th>
        ))}
      </tr>
    </thead>
  )
}

function Hint({ keys, children }: { keys: readonly string[]; children: ReactNode }) {
  return (
    <span className="ml-2 flex items-center gap-1">
      {keys.map((key) => (
        <Kbd key={key} keys={key} />
      ))}
      {children}
    </span>
  )
}

function range(length: number): number[] {
  return Array.from({ length: Math.max(0, length) }, (_, index) => index)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
}

/** Enter on a button or link is that control's own. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a, button, [role="checkbox"], [role="dialog"], [role="menu"]') !== null
}
