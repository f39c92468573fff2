'use client'

import { cloneElement } from 'react'
import { late, useFocusCarry, useLate } from './late'
import type { PopoverProps } from './popover-part'

const popoverPart = late(() => import('./popover-part'))

export function Popover(props: PopoverProps) {
  const { isOpen, onOpenChange, trigger } = props
  const part = useLate(popoverPart, isOpen)
  const { standIn, real } = useFocusCarry(trigger?.props.ref)
  if (part !== null) return <part.PopoverPart {...props} triggerRef={real} />
  if (trigger === undefined) return null
  return cloneElement(trigger, { ref: standIn, 'aria-haspopup': 'dialog', 'aria-expanded': isOpen, onClick: () => onOpenChange(!isOpen) })
}
