import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

const WELL =
  'w-full min-w-0 rounded-2 border border-line-strong bg-well text-fg hover:border-line-control focus-visible:border-transparent aria-invalid:border-bad disabled:border-dashed disabled:text-fg-3'

type FieldProps = { label: string; hint?: ReactNode; error?: string | null | undefined; isLabelHidden?: boolean }

function Frame({ id, label, hint, error, isLabelHidden, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className={clsx('font-medium text-11 text-fg-3', isLabelHidden && 'sr-only')}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-note`} className="text-12 text-bad">
          {error}
        </p>
      ) : hint === undefined ? null : (
        <p id={`${id}-note`} className="text-12 text-fg-3">
          {hint}
        </p>
      )}
    </div>
  )
}

export type TextFieldProps = Omit<ComponentProps<'input'>, 'size'> & FieldProps & { size?: 'md' | 'lg' }

export function TextField({ label, hint, error, isLabelHidden = false, size = 'md', className, ...rest }: TextFieldProps) {
  const made = useId()
  const id = rest.id ?? made
  const hasNote = Boolean(error) || hint !== undefined
  return (
    <Frame id={id} label={label} hint={hint} error={error} isLabelHidden={isLabelHidden}>
      <input
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={hasNote ? `${id}-note` : undefined}
        className={clsx(WELL, size === 'lg' ? 'h-8 px-2.5 text-13' : 'h-(--h-control) px-2 text-12', className)}
      />
    </Frame>
  )
}

export type TextAreaProps = ComponentProps<'textarea'> & FieldProps

/** Grows with its text where the browser can (`field-sizing`), with a scroll bar otherwise. */
export function TextArea({ label, hint, error, isLabelHidden = false, className, ...rest }: TextAreaProps) {
  const made = useId()
  const id = rest.id ?? made
  const hasNote = Boolean(error) || hint !== undefined
  return (
    <Frame id={id} label={label} hint={hint} error={error} isLabelHidden={isLabelHidden}>
      <textarea
        rows={2}
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={hasNote ? `${id}-note` : undefined}
        className={clsx(WELL, 'field-sizing-content resize-y px-2 py-1 text-13', className)}
      />
    </Frame>
  )
}
