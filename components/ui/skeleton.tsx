import clsx from 'clsx'

/** Holds the place of what is loading, at the same size, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('rounded-1 bg-skeleton motion-safe:animate-pulse', className)} />
}
