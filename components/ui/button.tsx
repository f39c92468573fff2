import type { ComponentProps } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-style'
import { Kbd } from './kbd'

export type ButtonProps = Omit<ComponentProps<'button'>, 'size'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  /** Key hint, from the table that binds the keys. */
  shortcut?: string | undefined
}

/** `aria-disabled` keeps the button in the focus order, so that its title can say why it does nothing. */
export function Button({ variant = 'default', size = 'md', shortcut, className, children, type = 'button', ...rest }: ButtonProps) {
  const isDisabled = rest.disabled === true || rest['aria-disabled'] === true || rest['aria-disabled'] === 'true'
  return (
    <button type={type} className={buttonClass(variant, size, isDisabled, className)} {...rest}>
      {children}
      {shortcut === undefined ? null : <Kbd keys={shortcut} />}
    </button>
  )
}
