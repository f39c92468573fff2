'use client'

import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { TextField } from '@/components/ui/text-field'
import { createProject } from '@/server/actions/create-project'

const FORM = 'new-project'

export function NewProject() {
  const router = useRouter()
  const [isOpen, setIsOpen] = useState(false)
  const [isSaving, setIsSaving] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (isSaving) return
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    if (name === '') return setError('Write a name.')
    setIsSaving(true)
    const answer = await createProject({ name })
    setIsSaving(false)
    if (!answer.ok) return setError(answer.error.message)
    setIsOpen(false)
    router.push(`/projects/${answer.data.slug}`)
  }

  return (
    <>
      <Button
        variant="primary"
        onClick={() => {
          setError(null)
          setIsOpen(true)
        }}
      >
        <Plus size={16} strokeWidth={1.75} aria-hidden />
        New project
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setIsOpen}
        title="New project"
        description="A project holds videos, their samples and the people who review them."
        footer={
          <>
            <Button variant="ghost" onClick={() => setIsOpen(false)}>
              Cancel
            </Button>
            <Button variant="primary" type="submit" form={FORM} aria-disabled={isSaving} shortcut="Enter">
              Create project
            </Button>
          </>
        }
      >
        <form id={FORM} onSubmit={submit} noValidate>
          <TextField
            name="name"
            label="Name"
            placeholder="Harbour clips"
            maxLength={80}
            required
            error={error}
            autoFocus
            autoComplete="off"
          />
        </form>
      </Dialog>
    </>
  )
}
