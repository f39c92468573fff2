import clsx from 'clsx'
import type { ComponentProps } from 'react'

const CLASSES = ['obj-1', 'obj-2', 'obj-3', 'obj-4', 'obj-5', 'obj-6', 'obj-7', 'obj-8'] as const

/** Class that sets `--c` (interface) and `--bc` (over photographs) for object `number`, 1-based; colours repeat after eight. */
export function objectClass(number: number): string {
  return CLASSES[(((number - 1) % 8) + 8) % 8] ?? 'obj-1'
}

/** The numbered swatch alone. The number makes it readable without colour. */
export function ObjectSwatch({ number, className }: { number: number; className?: string }) {
  return <span className={clsx('obj-swatch', objectClass(number), className)}>{number}</span>
}

type ObjectChipProps = Omit<ComponentProps<'button'>, 'children'> & {
  number: number
  phrase: string
  isOn?: boolean
  /** The mention has no box. */
  isMissing?: boolean
}

/** A mention of a key object. A button where it does something, plain text otherwise. */
export function ObjectChip({ number, phrase, isOn = false, isMissing = false, className, ...rest }: ObjectChipProps) {
  const shared = {
    className: clsx('obj-chip', objectClass(number), className),
    'data-on': isOn ? '' : undefined,
    'data-missing': isMissing ? '' : undefined,
    title: isMissing ? `${phrase}: no box on any core frame` : undefined,
  }
  const content = (
    <>
      <b className="obj-swatch">{number}</b>
      {phrase}
    </>
  )
  if (rest.onClick === undefined) return <span {...shared}>{content}</span>
  return (
    <button type="button" aria-pressed={isOn} {...rest} {...shared}>
      {content}
    </button>
  )
}
