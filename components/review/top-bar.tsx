'use client'

import { ChevronLeft, ChevronRight, CircleHelp, Filter } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { hintOf } from '@/browser/shortcuts'
import { UserMenu } from '@/components/project/user-menu'
import { Avatar } from '@/components/ui/avatar'
import { IconButton } from '@/components/ui/icon-button'
import { LogoMark } from '@/components/ui/logo'
import { useSession } from './review-context'

type TopBarProps = {
  readonly position: number | null
  readonly total: number
  readonly filterWords: string
  readonly filterCount: number
  /** The samples list with the same filter. */
  readonly listHref: string
  readonly onGo: (by: 1 | -1) => void
  readonly onHelp: () => void
  /** Save state of the open sample. */
  readonly children: ReactNode
}

export function TopBar({ position, total, filterWords, filterCount, listHref, onGo, onHelp, children }: TopBarProps) {
  const { project, viewer } = useSession()
  return (
    <header data-region className="col-span-3 flex min-w-0 items-center gap-2 border-line border-b bg-panel pr-2 pl-3">
      <div className="flex min-w-0 items-center gap-1.5">
        <Link href="/" aria-label="Crema, all projects" className="flex items-center gap-1.5 rounded-2">
          <LogoMark />
          <span className="font-semibold text-[14px] leading-5 tracking-[-0.02em] max-[1360px]:hidden">Crema</span>
        </Link>
        <span className="mx-1.5 h-4 w-px flex-none bg-line-strong" />
        <Link href={`/projects/${project.slug}`} className="truncate rounded-2 font-semibold hover:underline">
          {project.name}
        </Link>
        <span className="text-fg-3">/</span>
        <h1 className="text-fg-2">Review</h1>
      </div>
      <nav aria-label="Samples" className="ml-2 flex h-(--h-control) flex-none items-center rounded-2 border border-line-strong bg-well">
        <IconButton label="Previous sample" shortcut={hintOf('previous-sample')} size="sm" onClick={() => onGo(-1)}>
          <ChevronLeft size={14} strokeWidth={1.5} aria-hidden />
        </IconButton>
        <span className="num px-1 font-medium">
          {position ?? '–'}
          <span className="text-fg-3"> / {total}</span>
        </span>
        <IconButton label="Next sample" shortcut={hintOf('next-sample')} size="sm" onClick={() => onGo(1)}>
          <ChevronRight size={14} strokeWidth={1.5} aria-hidden />
        </IconButton>
      </nav>
      <Link
        href={listHref}
        title="Change the filter in the samples list"
        className="flex h-(--h-control) min-w-0 items-center gap-1.5 rounded-2 border border-line-strong px-2 text-fg-2 hover:bg-hover hover:text-fg"
      >
        <Filter size={14} strokeWidth={1.5} className="flex-none" aria-hidden />
        <span className="truncate">{filterWords}</span>
        {filterCount === 0 ? null : <span className="num text-fg-3">{filterCount}</span>}
      </Link>
      <span className="flex-1" />
      {children}
      <span className="h-4 w-px flex-none bg-line-strong" />
      <IconButton label="Keyboard" shortcut={hintOf('help')} onClick={onHelp}>
        <CircleHelp size={16} strokeWidth={1.5} aria-hidden />
      </IconButton>
      <UserMenu
        side="bottom"
        trigger={
          <button type="button" aria-label={`${viewer.name}. Theme and sign-out`} className="ml-1 flex-none rounded-full">
            <Avatar name={viewer.name} id={viewer.id} />
          </button>
        }
      />
    </header>
  )
}
