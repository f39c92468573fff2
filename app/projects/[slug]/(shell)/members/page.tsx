import type { Metadata } from 'next'
import { InviteDialog } from '@/components/project/invite-dialog'
import { InviteList } from '@/components/project/invite-list'
import { MemberList } from '@/components/project/member-list'
import { countOf } from '@/components/project/numbers'
import { PageHead } from '@/components/project/page-head'
import { can } from '@/core/access'
import { projectOfPage } from '@/server/page-access'
import { listMembers } from '@/server/queries/list-members'

export const metadata: Metadata = { title: 'People' }

const DAY_MS = 86_400_000
const dayOf = (date: Date) => date.toISOString().slice(0, 10)

export default async function MembersPage({ params }: { params: Promise<{ slug: string }> }) {
  const { project, role, viewer } = await projectOfPage((await params).slug)
  const { members, invites } = await listMembers(project.id)
  const canManage = can(role, 'member.manage')
  const now = Date.now()
  return (
    <>
      <PageHead title="People" note={countOf(members.length, 'member')}>
        {canManage ? <InviteDialog projectId={project.id} /> : null}
      </PageHead>
      <div className="min-h-0 flex-1 overflow-y-auto p-5">
        <div className="flex max-w-4xl flex-col gap-6">
          {members.length === 0 ? (
            <p className="text-13 text-fg-2">
              Nobody is a member yet. As administrator of the installation you see the project all the same.
            </p>
          ) : (
            <MemberList
              projectId={project.id}
              ownId={viewer.userId}
              canManage={canManage}
              canSignInLink={viewer.isAdmin}
              members={members.map((member) => ({ ...member, since: dayOf(member.since) }))}
            />
          )}
          {canManage && invites.length > 0 ? (
            <section className="flex flex-col gap-2">
              <h2 className="font-semibold text-13">Open invitations</h2>
              <InviteList
                projectId={project.id}
                invites={invites.map((invite) => ({
                  id: invite.id,
                  role: invite.role,
                  createdBy: invite.createdBy,
                  made: dayOf(invite.createdAt),
                  daysLeft: Math.max(1, Math.ceil((invite.expiresAt.getTime() - now) / DAY_MS)),
                }))}
              />
            </section>
          ) : null}
        </div>
      </div>
    </>
  )
}
