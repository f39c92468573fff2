import type { Role } from '@/core/access'

/** What each role is called and may do, in words that fit behind "invites you as …:". */
export const ROLE_WORDS: Readonly<Record<Role, { name: string; note: string }>> = {
  viewer: { name: 'Viewer', note: 'read everything, change nothing' },
  reviewer: { name: 'Reviewer', note: 'review, correct and decide samples' },
  curator: { name: 'Curator', note: 'review, import and export' },
  admin: { name: 'Administrator', note: 'everything, people and settings included' },
}
