'use client'

import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { ErrorBody } from '@/core/errors'
import { relativePath } from '@/core/relative-path'

type EntryFormProps = {
  button: string
  children?: (error: ErrorBody | null) => ReactNode
  /** Uses the link up; resolves with where to go. */
  send: (form: FormData) => Promise<{ ok: true; goTo: string } | { ok: false; error: ErrorBody }>
}

/** A link is used up by pressing the button, never by following the link. The address with the secret leaves the history. */
export function EntryForm({ button, children, send }: EntryFormProps) {
  const [isSending, setIsSending] = useState(false)
  const [error, setError] = useState<ErrorBody | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isSending) return
    setIsSending(true)
    setError(null)
    try {
      const answer = await send(new FormData(event.currentTarget))
      if (answer.ok) {
        window.location.replace(relativePath(answer.goTo))
        return
      }
      setError(answer.error)
    } catch {
      setError({ code: 'unavailable', message: 'The server cannot be reached. Check that it runs, then try again.', details: {} })
    }
    setIsSending(false)
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      {children?.(error)}
      {error === null ? null : (
        <p role="alert" className="text-12 text-bad">
          {error.message}
        </p>
      )}
      <Button type="submit" variant="primary" size="lg" shortcut="Enter" aria-disabled={isSending} aria-busy={isSending} className="w-full">
        {isSending ? 'Opening…' : button}
      </Button>
    </form>
  )
}
