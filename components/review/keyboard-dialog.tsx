'use client'

import { late, useLate } from '@/components/ui/late'
import type { KeyboardSheetProps } from './keyboard-sheet'

const sheet = late(() => import('./keyboard-sheet'))

export function KeyboardDialog(props: KeyboardSheetProps) {
  const part = useLate(sheet, props.isOpen)
  return part === null ? null : <part.KeyboardSheet {...props} />
}
