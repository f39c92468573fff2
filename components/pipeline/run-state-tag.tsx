import clsx from 'clsx'
import { Tag } from '@/components/ui/tag'
import type { RunState } from '@/core/pipeline/run-status'
import { stateWords } from './run-words'

const DOTS = { accent: 'bg-accent-fg', warn: 'bg-warn', ok: 'bg-ok', bad: 'bg-bad', quiet: 'bg-fg-3' } as const

export function RunStateTag({ run, className }: { run: { state: RunState; failed: number }; className?: string }) {
  const { text, tone } = stateWords(run)
  return (
    <Tag {...(className === undefined ? {} : { className })}>
      <span aria-hidden className={clsx('size-1.5 rounded-full', DOTS[tone], run.state === 'running' && 'motion-safe:animate-pulse')} />
      {text}
    </Tag>
  )
}
