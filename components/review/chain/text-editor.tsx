'use client'

import { useEffect, useRef, useState } from 'react'
import type { Change } from '@/browser/review-store'
import { useReview, useReviewStore } from '../review-context'

type TextEditorProps = {
  readonly recordId: string
  readonly field: string
  readonly label: string
  readonly value: string
  /** The edit of the document that a text means. */
  readonly edit: (text: string) => Change
  readonly className?: string
}

/**
 * A text under edit. Every keystroke is kept on the device; one visit to the field is one act of the undo stack. A text that
 * the document refuses (an object without a name) stays in the field until it is one the document takes.
 */
export function TextEditor({ recordId, field, label, value, edit, className }: TextEditorProps) {
  const store = useReviewStore()
  const session = useReview((state) => state.editing?.session ?? 0)
  const [text, setText] = useState(value)
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const element = area.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])
  const leave = () => store.setState((state) => (state.editing?.session === session ? { editing: null } : {}))
  return (
    <textarea
      ref={area}
      rows={1}
      aria-label={label}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value
        setText(next)
        store.apply(label, edit(next), `text:${recordId}:${field}:${session}`)
      }}
      onKeyDown={(event) => {
        if (
          event.key === 'Escape' ||
          (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing)
        ) {
          event.preventDefault()
          event.stopPropagation()
          leave()
        }
      }}
      onBlur={leave}
      className={`field-sizing-content w-full min-w-0 resize-none rounded-2 border border-line-strong bg-well px-1.5 py-0.5 outline-none focus-visible:border-accent-line ${className ?? ''}`}
    />
  )
}

/** Whether this very field is under edit. */
export function useIsEditing(recordId: string, field: string): boolean {
  return useReview(({ editing }) => editing !== null && editing.recordId === recordId && editing.field === field)
}
