import clsx from 'clsx'
import type { Cell, CellState } from '@/core/pipeline/run-videos'
import type { StageName } from '@/core/pipeline/stages'
import { cellText } from './run-words'

/** Shape before colour: full, outlined, half full, broken, striped. */
const LOOKS: Readonly<Record<CellState, string>> = {
  waiting: 'bg-track',
  none: 'bg-track opacity-40',
  done: 'bg-ok',
  memory: 'shadow-[inset_0_0_0_1.5px_var(--v-accepted)]',
  running: 'shadow-[inset_0_0_0_1.5px_var(--accent-fg)]',
  retrying: 'shadow-[inset_0_0_0_1.5px_var(--v-stale)]',
  failed: 'bg-bad [clip-path:polygon(0_0,100%_0,100%_100%,60%_100%,40%_0,25%_0,45%_100%,0_100%)]',
  cancelled: 'bg-fg-3 opacity-60 [clip-path:polygon(0_38%,100%_38%,100%_62%,0_62%)]',
}

const SIZES = { md: 'h-3 w-[18px]', sm: 'h-2 w-3' } as const

/** One stage of one video. `share` fills a running cell as far as its drafts are. */
export function CellMark({ state, share = 0.5, size = 'md' }: { state: CellState; share?: number; size?: 'sm' | 'md' }) {
  const isOpen = state === 'running' || state === 'retrying'
  return (
    <span aria-hidden className={clsx('relative block flex-none rounded-[2px]', SIZES[size], LOOKS[state])}>
      {isOpen ? (
        <span
          className={clsx('absolute inset-y-[1.5px] left-[1.5px]', state === 'running' ? 'bg-accent-fg' : 'bg-warn')}
          style={{ width: `calc(${Math.min(0.85, Math.max(0.3, share)) * 100}% - 1.5px)` }}
        />
      ) : null}
    </span>
  )
}

export function StageCell({ stage, cell }: { stage: StageName; cell: Cell }) {
  const text = cellText(stage, cell)
  return (
    <span title={text} className="flex h-6 items-center">
      <CellMark state={cell.state} share={cell.total > 1 ? cell.done / cell.total : 0.5} />
      <span className="sr-only">{text}</span>
    </span>
  )
}

const LEGEND = [
  { state: 'done', text: 'done' },
  { state: 'memory', text: 'from memory' },
  { state: 'running', text: 'running' },
  { state: 'retrying', text: 'will retry' },
  { state: 'failed', text: 'failed' },
] as const

export function CellLegend() {
  return (
    <ul aria-label="What the cells mean" className="flex items-center gap-2.5 text-fg-3">
      {LEGEND.map(({ state, text }) => (
        <li key={state} className="flex items-center gap-1 whitespace-nowrap">
          <CellMark state={state} size="sm" />
          {text}
        </li>
      ))}
    </ul>
  )
}
