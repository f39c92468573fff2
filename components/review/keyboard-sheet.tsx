'use client'

import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { SearchField } from '@/components/ui/search-field'
import { KeyboardTable } from './keyboard-table'

export type KeyboardSheetProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** The real thing behind `keyboard-dialog.tsx`, fetched after the first picture. */
export function KeyboardSheet({ isOpen, onOpenChange }: KeyboardSheetProps) {
  const [find, setFind] = useState('')
  return (
    <Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      title="Keyboard"
      size="lg"
      tools={<SearchField label="Find a key or act" value={find} onChange={setFind} className="w-52" />}
      footer={<span className="mr-auto text-fg-2">Bare keys rest while you type; Esc leaves the field. No bare key deletes anything.</span>}
    >
      <KeyboardTable find={find} />
    </Dialog>
  )
}
