'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { bindShortcuts } from '@/browser/shortcuts'

const KeyboardDialog = dynamic(() => import('@/components/review/keyboard-dialog').then((loaded) => loaded.KeyboardDialog), { ssr: false })

/** `?` on every page. The sheet is loaded when somebody asks for it; a page with its own handler for the key comes first. */
export function HelpKey() {
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => bindShortcuts({ help: () => setIsOpen(true) }), [])
  return isOpen ? <KeyboardDialog isOpen onOpenChange={setIsOpen} /> : null
}
