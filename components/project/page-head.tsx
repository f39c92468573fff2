import type { ReactNode } from 'react'

/** Title line of a page: 52 px, acts on the right, the primary one last. */
export function PageHead({ title, note, children }: { title: string; note?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex h-13 flex-none items-center gap-2 border-line border-b px-5">
      <h1 className="truncate font-semibold text-15">{title}</h1>
      {note === undefined ? null : <span className="num truncate text-fg-3">{note}</span>}
      <span className="min-w-2 flex-1" />
      {children}
    </header>
  )
}
