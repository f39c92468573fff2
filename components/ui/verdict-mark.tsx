import clsx from 'clsx'
import type { Verdict } from '@/core/records'

/** Six outlines, one per verdict, so that they are told apart without colour. The sign inside is drawn in the ground (`--mark-cut` where that is not the panel). */
const COLOURS: Readonly<Record<Verdict, string>> = {
  unseen: 'text-v-unseen',
  accepted: 'text-v-accepted',
  edited: 'text-v-edited',
  rejected: 'text-v-rejected',
  added: 'text-v-added',
  stale: 'text-v-stale',
}

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  unseen: 'unseen',
  accepted: 'accepted',
  edited: 'edited',
  rejected: 'rejected',
  added: 'added',
  stale: 'stale',
}

function Cut({ d }: { d: string }) {
  return <path d={d} fill="none" stroke="var(--mark-cut, var(--bg-panel))" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
}

function Shape({ verdict }: { verdict: Verdict }) {
  switch (verdict) {
    case 'unseen':
      return <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.5" />
    case 'accepted':
      return (
        <>
          <circle cx="8" cy="8" r="6.5" fill="currentColor" />
          <Cut d="M5 8.3l2.1 2.1L11.2 6" />
        </>
      )
    case 'edited':
      return (
        <>
          <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="3" fill="currentColor" />
          <Cut d="M5 11l.4-1.9 4.2-4.2 1.5 1.5L6.9 10.6z" />
        </>
      )
    case 'rejected':
      return (
        <>
          <path d="M5.3 1.6h5.4l3.7 3.7v5.4l-3.7 3.7H5.3l-3.7-3.7V5.3z" fill="currentColor" />
          <Cut d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" />
        </>
      )
    case 'added':
      return (
        <>
          <path d="M8 .9L15.1 8 8 15.1.9 8z" fill="currentColor" />
          <Cut d="M8 5.2v5.6M5.2 8h5.6" />
        </>
      )
    case 'stale':
      return (
        <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
          <circle cx="8" cy="8" r="6" strokeDasharray="3 2.28" />
          <path d="M8 5v3.2M8 10.9v.1" />
        </g>
      )
  }
}

type VerdictMarkProps = {
  verdict: Verdict
  size?: number
  className?: string /** Next to a written verdict the mark is decoration. */
  isDecoration?: boolean
}

export function VerdictMark({ verdict, size = 16, className, isDecoration = false }: VerdictMarkProps) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      role="img"
      aria-label={VERDICT_WORDS[verdict]}
      aria-hidden={isDecoration}
      className={clsx('inline-block flex-none', COLOURS[verdict], className)}
    >
      <Shape verdict={verdict} />
    </svg>
  )
}
