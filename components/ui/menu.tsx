'use client'

import { Menu as Base } from '@base-ui/react/menu'
import clsx from 'clsx'
import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd'

const ITEM =
  'flex h-(--h-control) w-full select-none items-center gap-2 rounded-2 px-2 text-left text-12 text-fg outline-none data-disabled:text-fg-3 data-highlighted:bg-selected'

type MenuProps = {
  /** The element that opens the menu, a button. */
  trigger: ReactElement
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  /** As wide as its trigger at least. */
  isWide?: boolean
}

export function Menu({ trigger, children, side = 'bottom', align = 'start', isWide = false }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-50 outline-none">
          <Base.Popup
            className={clsx(
              'overlay max-h-(--available-height) min-w-40 overflow-y-auto rounded-3 bg-raised p-1 text-fg shadow-2 outline-none',
              isWide && 'w-(--anchor-width)',
            )}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

type MenuItemProps = {
  onSelect: () => void
  children: ReactNode
  icon?: ReactNode
  shortcut?: string
  isDanger?: boolean
  disabled?: boolean
}

export function MenuItem({ onSelect, children, icon, shortcut, isDanger = false, disabled = false }: MenuItemProps) {
  return (
    <Base.Item className={clsx(ITEM, isDanger && 'text-bad')} onClick={onSelect} disabled={disabled}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut === undefined ? null : <Kbd keys={shortcut} />}
    </Base.Item>
  )
}

export function MenuLink({
  href,
  children,
  icon,
  isCurrent = false,
}: {
  href: string
  children: ReactNode
  icon?: ReactNode
  isCurrent?: boolean
}) {
  return (
    <Base.LinkItem className={ITEM} render={<Link href={href} aria-current={isCurrent ? 'page' : undefined} />} closeOnClick>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {isCurrent ? <Check size={14} strokeWidth={1.75} aria-hidden /> : null}
    </Base.LinkItem>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-2 pb-1 font-medium text-11 text-fg-3">{children}</div>
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />
}

type MenuChoiceProps<T extends string> = {
  value: T
  onChange: (value: T) => void
  choices: readonly { value: T; label: string; icon?: ReactNode }[]
}

/** One of several, with a check on the current one. */
export function MenuChoice<T extends string>({ value, onChange, choices }: MenuChoiceProps<T>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next) => onChange(next)}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} className={ITEM}>
          {choice.icon}
          <span className="flex-1">{choice.label}</span>
          <Base.RadioItemIndicator>
            <Check size={14} strokeWidth={1.75} aria-hidden />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}
