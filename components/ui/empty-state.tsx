import clsx from 'clsx'
import type { ReactNode } from 'react'

type EmptyStateProps = {
  icon: ReactNode
  title: string
  /** What happened and what to do, in one or two sentences. */
  children?: ReactNode
  actions?: ReactNode
  tone?: 'quiet' | 'ok' | 'warn' | 'bad'
  className?: string
  /** 1 where the state is the whole page. */
  level?: 1 | 2
}

const TONES = { quiet: 'text-fg-3', ok: 'text-ok', warn: 'text-warn', bad: 'text-bad' } as const

/** Empty, failed and finished states: an icon, a sentence, one act. Left-aligned like everything else. */
export function EmptyState({ icon, title, children, actions, tone = 'quiet', className, level = 2 }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className={clsx('flex max-w-sm flex-col items-start gap-2', className)}>
      <span className={TONES[tone]}>{icon}</span>
      <Heading className="font-semibold text-15">{title}</Heading>
      {children === undefined ? null : <div className="text-13 text-fg-2">{children}</div>}
      {actions === undefined ? null : <div className="mt-2 flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  )
}
