'use client'

import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import { Button } from '@/components/ui/button'

/** A text to take along. Without the clipboard (plain http in a network) the text is selected for copying by hand. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setIsCopied] = useState(false)

  async function copy() {
    try {
      await navigator.clipboard.writeText(text)
      setIsCopied(true)
    } catch {
      field.current?.select()
    }
  }

  return (
    <div className="flex items-center gap-2">
      <input
        ref={field}
        readOnly
        aria-label={label}
        value={text}
        onFocus={(event) => event.currentTarget.select()}
        className="code-11 h-(--h-control) min-w-0 flex-1 rounded-2 border border-line-strong bg-well px-2 text-fg"
      />
      <Button onClick={copy} className="w-22">
        {isCopied ? <Check size={14} strokeWidth={1.75} aria-hidden /> : <Copy size={14} strokeWidth={1.5} aria-hidden />}
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    </div>
  )
}
