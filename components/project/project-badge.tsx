import clsx from 'clsx'
import { objectClass } from '@/components/ui/object-chip'

/** First letter of a project on a ground of its own, so that two windows are told apart at a glance. */
export function ProjectBadge({ name, isSmall = false }: { name: string; isSmall?: boolean }) {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return (
    <span
      aria-hidden
      className={clsx(
        'inline-flex flex-none items-center justify-center rounded-2 bg-(--c) font-semibold text-o-ink',
        objectClass((sum % 8) + 1),
        isSmall ? 'size-4 text-10' : 'size-5 text-11',
      )}
    >
      {[...name.trim()][0]?.toUpperCase() ?? '?'}
    </span>
  )
}
