import clsx from 'clsx'
import type { ReactNode } from 'react'

type PanelProps = { title?: string; note?: ReactNode; tools?: ReactNode; className?: string; children: ReactNode }

/** A framed part of a page with its own heading. */
export function Panel({ title, note, tools, className, children }: PanelProps) {
  return (
    <section className={clsx('flex min-w-0 flex-col rounded-4 border border-line bg-panel', className)}>
      {title === undefined ? null : (
        <header className="flex h-10 flex-none items-center gap-2 pr-3 pl-4">
          <h2 className="truncate font-semibold text-13">{title}</h2>
          {note === undefined ? null : <span className="truncate text-fg-3">{note}</span>}
          <span className="flex-1" />
          {tools}
        </header>
      )}
      {children}
    </section>
  )
}
