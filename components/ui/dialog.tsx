'use client'

import type { DialogProps } from './dialog-part'
import { late, useLate } from './late'

const dialogPart = late(() => import('./dialog-part'))

export function Dialog(props: DialogProps) {
  const part = useLate(dialogPart, props.open)
  return part === null ? null : <part.DialogPart {...props} />
}
