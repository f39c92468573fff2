'use client'

import { Menu as Base } from '@base-ui/react/menu'
import clsx from 'clsx'
import { Check } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode, Ref } from 'react'
import { Kbd } from './kbd'
import type { Trigger } from './late'

const ITEM =
  'flex h-(--h-control) w-full select-none items-center gap-2 rounded-2 px-2 text-left text-12 text-fg outline-none data-disabled:text-fg-3 data-highlighted:bg-selected'

export type MenuProps = {
  trigger: Trigger
  children: ReactNode
  side?: 'top' | 'bottom' | 'left' | 'right'
  align?: 'start' | 'center' | 'end'
  /** As wide as its trigger at least. */
  isWide?: boolean
}

/** The real thing behind `ui/menu.tsx`, fetched after the first picture. `startsOpen` = it was asked for before it was there. */
export function MenuPart({
  trigger,
  triggerRef,
  startsOpen,
  children,
  side = 'bottom',
  align = 'start',
  isWide = false,
}: MenuProps & { triggerRef: Ref<HTMLElement>; startsOpen: boolean }) {
  return (
    <Base.Root defaultOpen={startsOpen}>
      <Base.Trigger ref={triggerRef as Ref<HTMLButtonElement>} render={trigger} />
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

export type MenuItemProps = {
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

export type MenuLinkProps = { href: string; children: ReactNode; icon?: ReactNode; isCurrent?: boolean }

export function MenuLink({ href, children, icon, isCurrent = false }: MenuLinkProps) {
  return (
    <Base.LinkItem className={ITEM} render={<Link href={href} aria-current={isCurrent ? 'page' : undefined} />} closeOnClick>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {isCurrent ? <Check size={14} strokeWidth={1.75} aria-hidden /> : null}
    </Base.LinkItem>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />
}

export type MenuChoiceProps<T extends string> = {
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
