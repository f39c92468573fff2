'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { KeyboardEvent, ReactNode, Ref, RefObject } from 'react'
import type { Trigger } from './late'

export type PopoverProps = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** The button that opens it. */
  trigger?: Trigger
  /** Where it stands when something else opens it. */
  anchor?: RefObject<HTMLElement | null>
  title: string
  titleClassName: string
  side?: 'top' | 'bottom'
  sideOffset?: number
  /** Closing leaves the focus where the act has put it. */
  keepsFocus?: boolean
  className: string
  onKeyDown?: (event: KeyboardEvent) => void
  children: ReactNode
}

/** The real thing behind `ui/popover.tsx`, fetched after the first picture. */
export function PopoverPart({
  isOpen,
  onOpenChange,
  trigger,
  triggerRef,
  anchor,
  title,
  titleClassName,
  side = 'bottom',
  sideOffset = 4,
  keepsFocus = false,
  className,
  onKeyDown,
  children,
}: PopoverProps & { triggerRef: Ref<HTMLElement> }) {
  return (
    <Base.Root open={isOpen} onOpenChange={(next) => onOpenChange(next)}>
      {trigger ? <Base.Trigger ref={triggerRef as Ref<HTMLButtonElement>} render={trigger} /> : null}
      <Base.Portal>
        <Base.Positioner side={side} align="start" sideOffset={sideOffset} className="z-50 outline-none" {...(anchor ? { anchor } : {})}>
          <Base.Popup
            {...(keepsFocus ? { finalFocus: false } : {})}
            className={`overlay bg-raised text-fg shadow-2 outline-none ${className}`}
            {...(onKeyDown ? { onKeyDown } : {})}
          >
            <Base.Title className={titleClassName}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
