import clsx from 'clsx'
import type { ReactNode } from 'react'

/**
 * `align` of the cells below as well. `isHidden` = the name is only read aloud. `title` = what a person sees who stays on it. `order` = how
 * the lines are sorted by it.
 */
export type TableColumn = {
  readonly key: string
  readonly label: ReactNode
  readonly align?: 'left' | 'right' | 'center'
  readonly isHidden?: boolean
  readonly title?: string
  readonly order?: 'ascending' | 'descending' | undefined
  readonly className?: string
}

type TableHeadProps = {
  readonly columns: readonly TableColumn[]
  /** Of the line: its height, and its grid where lines are grids. */
  readonly line: string
  /** Of the head as a whole: `block`, `sticky top-0 …`. */
  readonly className?: string
}

const ALIGN = { left: 'text-left', right: 'text-right', center: 'text-center' } as const

/** The names of the columns: one line, quieter than what stands below it. */
export function TableHead({ columns, line, className }: TableHeadProps) {
  return (
    <thead className={className}>
      <tr className={clsx(line, 'text-11 text-fg-3')}>
        {columns.map(({ key, label, align = 'left', isHidden = false, title, order, className: own }) => (
          <th key={key} scope="col" title={title} aria-sort={order} className={clsx('whitespace-nowrap font-medium', ALIGN[align], own)}>
            {isHidden ? <span className="sr-only">{label}</span> : label}
          </th>
        ))}
      </tr>
    </thead>
  )
}
