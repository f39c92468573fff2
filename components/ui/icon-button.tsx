'use client'

import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { Tooltip } from './tooltip'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** Says what the button does; shown as tooltip and read aloud. */
  label: string
  shortcut?: string | undefined
  /** For toggles: pressed or not. Left out for plain acts. */
  isOn?: boolean | undefined
  size?: 'sm' | 'md'
}

export function IconButton({ label, shortcut, isOn, size = 'md', className, children, type = 'button', ...rest }: IconButtonProps) {
  const isDisabled = rest.disabled === true || rest['aria-disabled'] === true || rest['aria-disabled'] === 'true'
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type={type}
        aria-label={label}
        aria-pressed={isOn}
        className={clsx(
          'inline-flex flex-none items-center justify-center rounded-2',
          size === 'sm' ? 'size-(--h-control-sm)' : 'size-(--h-control)',
          isOn ? 'bg-selected text-fg' : 'text-fg-2',
          isDisabled ? 'opacity-40' : 'hover:bg-hover hover:text-fg',
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  )
}
