'use client'

import { Avatar } from '@/components/ui/avatar'
import { UserMenu } from './user-menu'

export function TopUser({ userId, name }: { userId: string; name: string }) {
  return (
    <UserMenu
      side="bottom"
      trigger={
        <button
          type="button"
          aria-label={`${name}. Theme and sign-out`}
          className="flex h-(--h-control) items-center gap-2 rounded-2 px-2 font-medium text-fg-2 hover:bg-hover hover:text-fg"
        >
          <Avatar name={name} id={userId} />
          {name}
        </button>
      }
    />
  )
}
