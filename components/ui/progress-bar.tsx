import clsx from 'clsx'

type ProgressBarProps = {
  /** 0–1; null while the whole is not known yet. */
  value: number | null
  label: string
  tone?: 'accent' | 'ok' | 'neutral' | 'bad'
  className?: string
}

const TONES = { accent: 'bg-accent-fg', ok: 'bg-ok', neutral: 'bg-fg-3', bad: 'bg-bad' } as const

export function ProgressBar({ value, label, tone = 'accent', className }: ProgressBarProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value))
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className={clsx('h-1 w-full overflow-hidden rounded-full bg-track', className)}
    >
      <div
        className={clsx('h-full rounded-full', TONES[tone], share === null && 'w-1/3 motion-safe:animate-pulse')}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  )
}
