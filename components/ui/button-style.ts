import clsx from 'clsx'

export type ButtonVariant = 'default' | 'primary' | 'ghost' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  default: 'border-line-strong bg-control font-medium shadow-1 hover:bg-control-hover',
  primary: 'on-accent border-transparent bg-accent font-semibold text-accent-ink shadow-1 hover:bg-accent-hover',
  ghost: 'border-transparent bg-transparent font-medium text-fg-2 hover:bg-hover hover:text-fg',
  danger: 'border-line-strong bg-control font-medium text-bad shadow-1 hover:bg-control-hover',
}

const SIZES: Readonly<Record<ButtonSize, string>> = {
  sm: 'h-(--h-control-sm) px-2',
  md: 'h-(--h-control) px-2.5',
  lg: 'h-8 px-3',
}

/** One look for buttons and for links that look like buttons. A refused button is dashed, not faded: its words stay readable. */
export function buttonClass(variant: ButtonVariant, size: ButtonSize, isDisabled: boolean, className?: string): string {
  return clsx(
    'inline-flex flex-none select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-2 border text-12',
    SIZES[size],
    isDisabled ? 'border-line-strong border-dashed bg-transparent font-medium text-fg-3' : VARIANTS[variant],
    className,
  )
}
