'use client'

import { Avatar } from '@/components/ui/avatar'
import { UserMenu } from './user-menu'

/** Last line of the side navigation: who is signed in, in which role. */
export function UserButton({ userId, name, note }: { userId: string; name: string; note: string }) {
  return (
    <UserMenu
      trigger={
        <button
          type="button"
          aria-label={`${name}, ${note}. Theme and sign-out`}
          className="mt-1 flex h-(--h-row) w-full items-center gap-2 rounded-2 px-2 text-left font-medium text-fg-2 hover:bg-hover hover:text-fg"
        >
          <Avatar name={name} id={userId} />
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="font-regular text-11 text-fg-3">{note}</span>
        </button>
      }
    />
  )
}
