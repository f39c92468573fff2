'use client'

import { TextField } from '@/components/ui/text-field'
import { signIn } from '@/server/actions/sign-in'
import { EntryForm } from './entry-form'

export function SignInForm({ token, isFirst, next }: { token: string; isFirst: boolean; next: string }) {
  return (
    <EntryForm
      button="Open Crema"
      send={async (form) => {
        const answer = await signIn(isFirst ? { token, name: String(form.get('name')), email: String(form.get('email')) } : { token })
        return answer.ok ? { ok: true, goTo: next } : answer
      }}
    >
      {() => (
        <>
          {/* Pressed before the page is alive, the browser itself opens this address again: with the link, not without. */}
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="next" value={next} />
          {isFirst ? (
            <>
              <TextField name="name" label="Your name" defaultValue="Administrator" required maxLength={80} autoComplete="name" size="lg" />
              <TextField name="email" type="email" label="E-mail, if you like" maxLength={254} autoComplete="email" size="lg" />
            </>
          ) : null}
        </>
      )}
    </EntryForm>
  )
}
