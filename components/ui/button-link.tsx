import Link from 'next/link'
import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-style'
import { Kbd } from './kbd'

type ButtonLinkProps = ComponentProps<typeof Link> & { variant?: ButtonVariant; size?: ButtonSize; shortcut?: string }

/** A link to another page that has the weight of a button. */
export function ButtonLink({ variant = 'default', size = 'md', shortcut, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={buttonClass(variant, size, false, className)} {...rest}>
      {children}
      {shortcut === undefined ? null : <Kbd keys={shortcut} />}
    </Link>
  )
}
