'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

type NavLinkProps = {
  href: string
  icon: ReactNode
  children: ReactNode
  count?: ReactNode /** Also current on the pages below it. */
  isDeep?: boolean
}

export function NavLink({ href, icon, children, count, isDeep = true }: NavLinkProps) {
  const path = usePathname()
  const isCurrent = path === href || (isDeep && path.startsWith(`${href}/`))
  return (
    <Link
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={clsx(
        'flex h-(--h-row) items-center gap-2 rounded-2 px-2 font-medium',
        isCurrent ? 'bg-selected text-fg' : 'text-fg-2 hover:bg-hover hover:text-fg',
      )}
    >
      {icon}
      {children}
      {count === undefined ? null : <span className="num ml-auto font-regular text-11 text-fg-3">{count}</span>}
    </Link>
  )
}
