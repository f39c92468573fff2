import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { BadLink, CommandLine } from '@/components/project/bad-link'
import { EntryCard } from '@/components/project/entry-card'
import { SignInForm } from '@/components/project/sign-in-form'
import { relativePath } from '@/core/relative-path'
import { db } from '@/server/db'
import { findLink } from '@/server/links'
import { findViewer } from '@/server/session'

export const metadata: Metadata = { title: 'Sign in', referrer: 'no-referrer' }

type Props = { searchParams: Promise<{ token?: string | string[]; next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { token, next } = await searchParams
  const goTo = relativePath(next)
  if (typeof token !== 'string') {
    if ((await findViewer()) !== null) redirect(goTo)
    return <WithoutLink />
  }
  const { state, invite } = await findLink(db, 'sign-in', token)
  if (state !== 'valid' || invite === null) return <BadLink state={state} kind="sign-in" />
  const admin = await db.user.findFirst({
    where: invite.usedBy === null ? { isAdmin: true } : { id: invite.usedBy },
    orderBy: { createdAt: 'asc' },
    select: { name: true },
  })
  return (
    <EntryCard
      title="Crema"
      lead="Check every frame, box and sentence of your reasoning data."
      foot={
        admin === null
          ? 'First start: this makes you the administrator of this installation. The link works once.'
          : 'This link works once. Your session lasts 30 days on this device.'
      }
    >
      {admin === null ? null : (
        <p className="text-13 text-fg-2">
          You sign in as <span className="font-medium text-fg">{admin.name}</span>.
        </p>
      )}
      <SignInForm token={token} isFirst={admin === null} next={goTo} />
    </EntryCard>
  )
}

function WithoutLink() {
  return (
    <EntryCard
      title="Crema"
      lead="Check every frame, box and sentence of your reasoning data."
      foot="Members of a project get a new link from their administrator."
    >
      <p className="text-13 text-fg-2">
        Sign in with a link. The first one is printed in the terminal at the start; this command prints another:
      </p>
      <CommandLine text="npm run -s crema -- sign-in-link" />
    </EntryCard>
  )
}
