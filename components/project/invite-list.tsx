'use client'

import { Mail } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { useToast } from '@/components/ui/toast'
import type { Role } from '@/core/access'
import { revokeInvite } from '@/server/actions/revoke-invite'
import { ROLE_WORDS } from './role-words'

export type InviteEntry = { id: string; role: Role; createdBy: string | null; made: string; daysLeft: number }

/** Links nobody has opened yet. */
export function InviteList({ projectId, invites }: { projectId: string; invites: readonly InviteEntry[] }) {
  const router = useRouter()
  const toast = useToast()

  async function revoke(invite: InviteEntry) {
    const answer = await revokeInvite({ projectId, inviteId: invite.id })
    if (answer.ok) toast({ tone: 'ok', title: 'Invitation withdrawn' })
    else toast({ tone: 'bad', title: 'Not withdrawn', text: answer.error.message })
    router.refresh()
  }

  return (
    <ul className="overflow-hidden rounded-4 border border-line">
      {invites.map((invite) => (
        <li key={invite.id} className="flex h-11 items-center gap-3 border-line border-t px-4 first:border-t-0">
          <Mail size={16} strokeWidth={1.5} className="flex-none text-fg-3" aria-hidden />
          <span className="min-w-0 flex-1 truncate">
            <span className="font-medium">{ROLE_WORDS[invite.role].name}</span>{' '}
            <span className="text-fg-3">
              made {invite.made}
              {invite.createdBy === null ? '' : ` by ${invite.createdBy}`}, works for{' '}
              {invite.daysLeft === 1 ? 'one more day' : `${invite.daysLeft} more days`}
            </span>
          </span>
          <Button size="sm" onClick={() => revoke(invite)}>
            Withdraw
          </Button>
        </li>
      ))}
    </ul>
  )
}
