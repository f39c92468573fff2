'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/text-field'
import { useToast } from '@/components/ui/toast'
import { updateProfile } from '@/server/actions/update-profile'
import { updateProject } from '@/server/actions/update-project'

type NameFormProps = {
  label: string
  name: string
  hint?: string
  isReadOnly?: boolean /** Left out = the name of the person who is signed in. */
  projectId?: string
}

export function NameForm({ label, name, hint, isReadOnly = false, projectId }: NameFormProps) {
  const router = useRouter()
  const toast = useToast()
  const [typed, setTyped] = useState(name)
  const [error, setError] = useState<string | null>(null)
  const [isSaving, setIsSaving] = useState(false)
  const isSame = typed.trim() === name

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (isSame || isSaving || isReadOnly) return
    setIsSaving(true)
    const answer = projectId === undefined ? await updateProfile({ name: typed }) : await updateProject({ projectId, name: typed })
    setIsSaving(false)
    if (!answer.ok) return setError(answer.error.message)
    setError(null)
    toast({ tone: 'ok', title: 'Saved' })
    router.refresh()
  }

  return (
    <form onSubmit={submit} className="flex max-w-md items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          label={label}
          hint={hint}
          error={error}
          value={typed}
          maxLength={80}
          disabled={isReadOnly}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      {isReadOnly ? null : (
        <Button type="submit" aria-disabled={isSame || isSaving} className={hint === undefined && error === null ? '' : 'mb-5'}>
          Save
        </Button>
      )}
    </form>
  )
}
