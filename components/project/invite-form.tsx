'use client'

import { TextField } from '@/components/ui/text-field'
import { acceptInvite } from '@/server/actions/accept-invite'
import { EntryForm } from './entry-form'

/** `isSignedIn` joins as the person who is signed in already; nothing to fill in then. */
export function InviteForm({ token, isSignedIn }: { token: string; isSignedIn: boolean }) {
  return (
    <EntryForm
      button="Join the project"
      send={async (form) => {
        const person = isSignedIn ? null : { name: String(form.get('name')), email: String(form.get('email')) }
        const answer = await acceptInvite({ token, person })
        return answer.ok ? { ok: true, goTo: `/projects/${answer.data.slug}` } : answer
      }}
    >
      {() =>
        isSignedIn ? null : (
          <>
            <TextField name="name" label="Your name" required maxLength={80} autoComplete="name" size="lg" autoFocus />
            <TextField name="email" type="email" label="E-mail" required maxLength={254} autoComplete="email" size="lg" />
          </>
        )
      }
    </EntryForm>
  )
}
