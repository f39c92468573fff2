'use client'

import { useEffect, useState } from 'react'
import { bindShortcuts } from '@/browser/shortcuts'
import { KeyboardDialog } from '@/components/review/keyboard-dialog'

/** `?` on every page. A page with its own handler for the key comes first. */
export function HelpKey() {
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => bindShortcuts({ help: () => setIsOpen(true) }), [])
  return isOpen ? <KeyboardDialog isOpen onOpenChange={setIsOpen} /> : null
}
