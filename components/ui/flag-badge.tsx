import clsx from 'clsx'
import { Flag, TriangleAlert } from 'lucide-react'

type FlagBadgeProps = { code: string; blocking: boolean; text?: string | undefined; title?: string | undefined; className?: string }

/** A defect code. Shape before colour: a flag for a warning, a triangle for what stops approval. */
export function FlagBadge({ code, blocking, text, title, className }: FlagBadgeProps) {
  const Icon = blocking ? TriangleAlert : Flag
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex h-4 flex-none items-center gap-[3px] whitespace-nowrap rounded-1 px-1 font-medium text-10 leading-4',
        blocking ? 'tint-bad text-bad' : 'tint-warn text-warn',
        className,
      )}
    >
      <Icon size={10} strokeWidth={2} aria-hidden />
      {blocking ? <span className="sr-only">blocking flag </span> : <span className="sr-only">flag </span>}
      {code}
      {text === undefined ? null : <span>{text}</span>}
    </span>
  )
}
