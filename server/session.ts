import { headers } from 'next/headers'
import { cache } from 'react'
import { AppError } from '@/core/errors'
import { auth } from './auth'

/** Who is asking. `isAdmin` = administrator of the installation, admin of every project. */
export type Viewer = { readonly userId: string; readonly name: string; readonly isAdmin: boolean }

/** The viewer of this request, or null. Read once a request, whoever asks. */
export const findViewer = cache(async (): Promise<Viewer | null> => {
  return viewerOf(await headers())
})

/** The same for code that holds the headers itself. */
export async function viewerOf(requestHeaders: Headers): Promise<Viewer | null> {
  const session = await auth.api.getSession({ headers: requestHeaders })
  if (session === null) return null
  return { userId: session.user.id, name: session.user.name, isAdmin: session.user.isAdmin === true }
}

export function notSignedIn(): AppError {
  return new AppError(
    'unauthenticated',
    'You are not signed in, or your session has ended. Open a new sign-in link; edits not yet sent stay on this device.',
  )
}
