'use client'

import clsx from 'clsx'
import { Ellipsis, KeyRound, UserMinus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Avatar } from '@/components/ui/avatar'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Menu, MenuItem } from '@/components/ui/menu'
import { Select } from '@/components/ui/select'
import { type TableColumn, TableHead } from '@/components/ui/table-head'
import { Tag } from '@/components/ui/tag'
import { useToast } from '@/components/ui/toast'
import { roleSchema } from '@/core/access'
import { changeRole } from '@/server/actions/change-role'
import { createSignInLink } from '@/server/actions/create-sign-in-link'
import { removeMember } from '@/server/actions/remove-member'
import { CopyField } from './copy-field'
import { formatCount } from './numbers'
import { ROLE_WORDS } from './role-words'

export type MemberEntry = {
  userId: string
  name: string
  email: string | null
  role: keyof typeof ROLE_WORDS
  isInstallationAdmin: boolean
  since: string
  decided: number
}

type MemberListProps = { projectId: string; members: readonly MemberEntry[]; ownId: string; canManage: boolean; canSignInLink: boolean }

const GRID = 'grid grid-cols-[24px_minmax(0,1fr)_72px_112px_148px_28px] items-center gap-4 px-4'
const COLUMNS: readonly TableColumn[] = [
  { key: 'picture', label: 'Picture', isHidden: true },
  { key: 'person', label: 'Person' },
  { key: 'decided', label: 'Decided', align: 'right' },
  { key: 'since', label: 'Member since' },
  { key: 'role', label: 'Role' },
  { key: 'acts', label: 'Acts', isHidden: true },
]

const CHOICES = roleSchema.options.map((role) => ({ value: role, label: ROLE_WORDS[role].name }))

export function MemberList({ projectId, members, ownId, canManage, canSignInLink }: MemberListProps) {
  const router = useRouter()
  const toast = useToast()
  const [leaving, setLeaving] = useState<MemberEntry | null>(null)
  const [link, setLink] = useState<{ name: string; url: string } | null>(null)

  async function setRole(member: MemberEntry, role: MemberEntry['role']) {
    const answer = await changeRole({ projectId, userId: member.userId, role })
    if (answer.ok) toast({ tone: 'ok', title: `${member.name} is ${ROLE_WORDS[role].name.toLowerCase()} now` })
    else toast({ tone: 'bad', title: 'Role not changed', text: answer.error.message })
    router.refresh()
  }

  async function remove(member: MemberEntry) {
    const answer = await removeMember({ projectId, userId: member.userId })
    setLeaving(null)
    if (answer.ok) toast({ tone: 'ok', title: `${member.name} is no longer a member` })
    else toast({ tone: 'bad', title: 'Not removed', text: answer.error.message })
    router.refresh()
  }

  async function makeLink(member: MemberEntry) {
    const answer = await createSignInLink({ userId: member.userId })
    if (answer.ok) setLink({ name: member.name, url: answer.data.url })
    else toast({ tone: 'bad', title: 'No link made', text: answer.error.message })
  }

  return (
    <>
      <table className="block overflow-hidden rounded-4 border border-line">
        <TableHead columns={COLUMNS} line={clsx(GRID, 'h-7 bg-app')} className="block" />
        <tbody className="block">
          {members.map((member) => (
            <tr key={member.userId} className={clsx(GRID, 'h-12 border-line border-t')}>
              <td>
                <Avatar name={member.name} id={member.userId} size={24} />
              </td>
              <td className="min-w-0">
                <span className="flex items-center gap-2">
                  <span className="truncate font-medium">{member.name}</span>
                  {member.userId === ownId ? <Tag isPlain>you</Tag> : null}
                  {member.isInstallationAdmin ? <Tag title="Administrator of this installation">administrator</Tag> : null}
                </span>
                {member.email === null ? null : <span className="block truncate text-fg-3">{member.email}</span>}
              </td>
              <td className="num text-right text-fg-2">{formatCount(member.decided)}</td>
              <td className="num text-fg-3">{member.since}</td>
              <td>
                {canManage ? (
                  <Select
                    label={`Role of ${member.name}`}
                    size="sm"
                    className="w-37"
                    value={member.role}
                    onChange={(role) => setRole(member, role)}
                    choices={CHOICES}
                  />
                ) : (
                  <span className="text-fg-2">{ROLE_WORDS[member.role].name}</span>
                )}
              </td>
              <td>
                {canManage ? (
                  <Menu
                    align="end"
                    trigger={
                      <button
                        type="button"
                        aria-label={`More about ${member.name}`}
                        className="inline-flex size-(--h-control) items-center justify-center rounded-2 text-fg-2 hover:bg-hover hover:text-fg"
                      >
                        <Ellipsis size={16} strokeWidth={1.5} aria-hidden />
                      </button>
                    }
                  >
                    {canSignInLink ? (
                      <MenuItem icon={<KeyRound size={16} strokeWidth={1.5} aria-hidden />} onSelect={() => makeLink(member)}>
                        New sign-in link
                      </MenuItem>
                    ) : null}
                    <MenuItem isDanger icon={<UserMinus size={16} strokeWidth={1.5} aria-hidden />} onSelect={() => setLeaving(member)}>
                      Remove from project…
                    </MenuItem>
                  </Menu>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Dialog
        open={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={`Remove ${leaving?.name ?? ''}?`}
        description="They lose access at once. Everything they reviewed stays, with their name on it."
        footer={
          <>
            <Button variant="ghost" onClick={() => setLeaving(null)}>
              Cancel
            </Button>
            <Button variant="danger" onClick={() => leaving !== null && remove(leaving)}>
              Remove
            </Button>
          </>
        }
      />
      <Dialog
        open={link !== null}
        onOpenChange={() => setLink(null)}
        size="md"
        title={`Sign-in link for ${link?.name ?? ''}`}
        description="Whoever opens it is signed in as this person. It works once, within a day, and is shown only here."
      >
        {link === null ? null : <CopyField label="Sign-in link" text={link.url} />}
      </Dialog>
    </>
  )
}
