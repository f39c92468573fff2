import clsx from 'clsx'

/** Our mark: the corners of a box around a cup seen from above, with its crema. */
export function LogoMark({ size = 20, className }: { size?: number; className?: string }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      className={clsx('flex-none text-accent-fg', className)}
      aria-hidden
    >
      <path
        d="M2 6V3.5A1.5 1.5 0 0 1 3.5 2H6M14 2h2.500A1.500 1.500 0 0 1 18 3.500V6M18 14v2.500a1.500 1.500 0 0 1-1.500 1.500H14M6 18H3.500A1.500 1.500 0 0 1 2 16.500V14"
        strokeWidth="1.7"
        strokeLinecap="round"
      />
      <circle cx="10" cy="10" r="4.6" strokeWidth="2.4" />
      <path d="M8.200 9.600q1.800-1.500 3.600 0" strokeWidth="1.3" strokeLinecap="round" />
    </svg>
  )
}

/** Mark and word. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2', className)}>
      <LogoMark />
      <span className="font-semibold text-[14px] leading-5 tracking-[-0.02em]">Crema</span>
    </span>
  )
}
