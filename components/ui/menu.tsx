'use client'

import { cloneElement, type ReactNode, useState } from 'react'
import { late, useFocusCarry, useLate } from './late'
import type { MenuChoiceProps, MenuItemProps, MenuLinkProps, MenuProps } from './menu-parts'

const menuParts = late(() => import('./menu-parts'))

export function Menu(props: MenuProps) {
  const [isWanted, setIsWanted] = useState(false)
  const parts = useLate(menuParts, isWanted)
  const { standIn, real } = useFocusCarry(props.trigger.props.ref)
  if (parts !== null) return <parts.MenuPart {...props} triggerRef={real} startsOpen={isWanted} />
  return cloneElement(props.trigger, { ref: standIn, 'aria-haspopup': 'menu', 'aria-expanded': false, onClick: () => setIsWanted(true) })
}

export function MenuItem(props: MenuItemProps) {
  const parts = useLate(menuParts)
  return parts === null ? null : <parts.MenuItem {...props} />
}

export function MenuLink(props: MenuLinkProps) {
  const parts = useLate(menuParts)
  return parts === null ? null : <parts.MenuLink {...props} />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-2 pb-1 font-medium text-11 text-fg-3">{children}</div>
}

export function MenuSeparator() {
  const parts = useLate(menuParts)
  return parts === null ? null : <parts.MenuSeparator />
}

/** One of several, with a check on the current one. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  const parts = useLate(menuParts)
  return parts === null ? null : <parts.MenuChoice {...props} />
}
