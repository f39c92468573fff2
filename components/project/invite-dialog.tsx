'use client'

import { UserPlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Select } from '@/components/ui/select'
import { type Role, roleSchema } from '@/core/access'
import { createInvite } from '@/server/actions/create-invite'
import { CopyField } from './copy-field'
import { ROLE_WORDS } from './role-words'

const CHOICES = roleSchema.options.map((role) => ({ value: role, label: ROLE_WORDS[role].name, note: ROLE_WORDS[role].note }))

/** Makes a link. It is shown once: we keep only its hash. */
export function InviteDialog({ projectId }: { projectId: string }) {
  const router = useRouter()
  const [isOpen, setIsOpen] = useState(false)
  const [role, setRole] = useState<Role>('reviewer')
  const [url, setUrl] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [isSaving, setIsSaving] = useState(false)

  async function make() {
    if (isSaving) return
    setIsSaving(true)
    setError(null)
    const answer = await createInvite({ projectId, role })
    setIsSaving(false)
    if (!answer.ok) return setError(answer.error.message)
    setUrl(answer.data.url)
    router.refresh()
  }

  function change(next: boolean) {
    setIsOpen(next)
    if (next) {
      setUrl(null)
      setError(null)
    }
  }

  return (
    <>
      <Button variant="primary" onClick={() => change(true)}>
        <UserPlus size={16} strokeWidth={1.5} aria-hidden />
        Invite
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={change}
        size="md"
        title="Invite somebody"
        description={
          url === null
            ? 'The link lets one person join this project in the role you choose. It works once, within 14 days.'
            : 'Send this link to one person. It is shown here only once; withdraw it under People if it goes astray.'
        }
        footer={
          url === null ? (
            <>
              <Button variant="ghost" onClick={() => change(false)}>
                Cancel
              </Button>
              <Button variant="primary" onClick={make} aria-disabled={isSaving}>
                Make the link
              </Button>
            </>
          ) : (
            <Button variant="primary" onClick={() => change(false)}>
              Done
            </Button>
          )
        }
      >
        {url === null ? (
          <div className="flex flex-col gap-1">
            <span className="font-medium text-11 text-fg-3">Role</span>
            <Select label="Role" value={role} onChange={setRole} choices={CHOICES} className="w-full" />
            {error === null ? null : (
              <p role="alert" className="pt-1 text-bad">
                {error}
              </p>
            )}
          </div>
        ) : (
          <CopyField label="Invitation link" text={url} />
        )}
      </Dialog>
    </>
  )
}
