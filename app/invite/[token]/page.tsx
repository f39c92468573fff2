import type { Metadata } from 'next'
import { BadLink } from '@/components/project/bad-link'
import { EntryCard } from '@/components/project/entry-card'
import { InviteForm } from '@/components/project/invite-form'
import { ROLE_WORDS } from '@/components/project/role-words'
import { db } from '@/server/db'
import { findLink } from '@/server/links'
import { findViewer } from '@/server/session'

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' }

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const { state, invite } = await findLink(db, 'invite', token)
  if (state !== 'valid' || invite?.project == null) return <BadLink state={state === 'valid' ? 'unknown' : state} kind="invite" />
  const viewer = await findViewer()
  const inviter = invite.createdBy === null ? null : await db.user.findUnique({ where: { id: invite.createdBy }, select: { name: true } })
  const words = ROLE_WORDS[invite.role]
  return (
    <EntryCard
      title={invite.project.name}
      lead={
        <>
          {inviter?.name ?? 'Somebody'} invites you as <span className="font-medium text-fg">{words.name.toLowerCase()}</span>: {words.note}
          .
        </>
      }
      foot="The invitation works once. Your session lasts 30 days on this device."
    >
      {viewer === null ? null : (
        <p className="text-13 text-fg-2">
          You join as <span className="font-medium text-fg">{viewer.name}</span>.
        </p>
      )}
      <InviteForm token={token} isSignedIn={viewer !== null} />
    </EntryCard>
  )
}
