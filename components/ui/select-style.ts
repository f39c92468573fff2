import clsx from 'clsx'

/** The look of the button, the same before and after the list is there. */
export function selectClass(size: 'sm' | 'md', className: string | undefined): string {
  return clsx(
    'inline-flex min-w-28 items-center gap-2 rounded-2 border border-line-strong bg-control pr-1.5 pl-2.5 font-medium text-12 text-fg shadow-1 hover:bg-control-hover data-disabled:border-dashed data-disabled:bg-transparent data-disabled:text-fg-3 data-disabled:shadow-none',
    size === 'sm' ? 'h-(--h-control-sm)' : 'h-(--h-control)',
    className,
  )
}
