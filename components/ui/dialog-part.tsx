'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import clsx from 'clsx'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** Acts, right-aligned; the primary one last. */
  footer?: ReactNode
  /** Stands in the head, left of the close button. */
  tools?: ReactNode
  children?: ReactNode
  size?: 'sm' | 'md' | 'lg'
}

const WIDTHS = { sm: 'w-[400px]', md: 'w-[560px]', lg: 'w-[960px]' } as const

/** The real thing behind `ui/dialog.tsx`, fetched after the first picture. */
export function DialogPart({ open, onOpenChange, title, description, footer, tools, children, size = 'sm' }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="overlay fixed inset-0 z-40 bg-scrim" />
        <Base.Popup
          className={clsx(
            'overlay fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-48px)] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-4 bg-panel text-fg shadow-3 outline-none',
            WIDTHS[size],
          )}
        >
          <header className="flex flex-none items-center gap-2 pt-3 pr-3 pb-1 pl-5">
            <Base.Title className="min-w-0 flex-1 truncate font-semibold text-15">{title}</Base.Title>
            {tools}
            <Base.Close
              aria-label="Close"
              className="inline-flex size-(--h-control) flex-none items-center justify-center rounded-2 text-fg-2 hover:bg-hover hover:text-fg"
            >
              <X size={16} strokeWidth={1.5} aria-hidden />
            </Base.Close>
          </header>
          {description === undefined ? null : (
            <Base.Description className="flex-none px-5 pb-3 text-13 text-fg-2">{description}</Base.Description>
          )}
          {children === undefined ? null : (
            // A large dialog may hold more than fits and nothing to focus: the keyboard has to reach what scrolls.
            <div tabIndex={size === 'lg' ? 0 : undefined} className="-outline-offset-2 min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">
              {children}
            </div>
          )}
          {footer === undefined ? null : (
            <footer className="flex flex-none items-center justify-end gap-2 rounded-b-4 border-line border-t bg-app px-5 py-3">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
