import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Rational } from '@/core/frame-table'
import { formatTimecode } from '@/core/time'

type FrameReadoutProps = {
  readonly index: number
  readonly pts: number
  readonly timeBase: Rational
  readonly timeSec: number
  /** The largest values that can come, so that nothing moves while stepping. */
  readonly widest?: { readonly index: number; readonly pts: number; readonly timeSec: number }
  readonly className?: string
}

/** Exactly which frame this is: index, pts, time base and time, in figures of one width. */
export function FrameReadout({ index, pts, timeBase, timeSec, widest, className }: FrameReadoutProps) {
  return (
    <div
      className={clsx(
        'flex h-[22px] flex-none items-center whitespace-nowrap rounded-1 border border-line bg-well font-medium font-mono text-11 leading-5 tracking-[-0.01em]',
        className,
      )}
    >
      <Figure name="frame" widest={String(widest?.index ?? index)}>
        {index}
      </Figure>
      <Figure name="pts" widest={String(widest?.pts ?? pts)}>
        {pts}
      </Figure>
      <Figure name="base" className="@max-[760px]:hidden">
        {timeBase[0]}/{timeBase[1]}
      </Figure>
      <Figure name="time" widest={formatTimecode(widest?.timeSec ?? timeSec)}>
        {formatTimecode(timeSec)}
      </Figure>
    </div>
  )
}

function Figure({ name, widest, className, children }: { name: string; widest?: string; className?: string; children: ReactNode }) {
  return (
    <span className={clsx('border-line border-l px-[7px] first:border-l-0', className)}>
      <span className="mr-[5px] font-regular font-sans text-10 text-fg-3">{name}</span>
      <span className="inline-block text-right" style={widest === undefined ? undefined : { minWidth: `${widest.length}ch` }}>
        {children}
      </span>
    </span>
  )
}
