import clsx from 'clsx'
import type { ReactNode } from 'react'

/** A small fact in a frame: task, format, role. Never a control. */
export function Tag({
  children,
  isPlain = false,
  className,
  title,
}: {
  children: ReactNode
  isPlain?: boolean
  className?: string
  title?: string
}) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex h-5 min-w-0 flex-none items-center gap-1 whitespace-nowrap rounded-1 border border-line-strong px-1.5 text-11 text-fg-2',
        isPlain ? 'bg-transparent' : 'bg-control',
        className,
      )}
    >
      {children}
    </span>
  )
}
