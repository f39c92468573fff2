'use client'

import { FlagBadge } from '@/components/ui/flag-badge'
import { useReview } from '../review-context'

/** Flags of one record. The sentence behind the code is its tooltip; the inspector shows it in full. */
export function RecordFlags({ recordId, className }: { recordId: string; className?: string }) {
  const flags = useReview((state) => state.flags)
  const own = flags.filter((flag) => flag.recordId === recordId)
  if (own.length === 0) return null
  return (
    <span className={`flex flex-none items-center gap-1 ${className ?? ''}`}>
      {own.slice(0, 3).map((flag) => (
        <FlagBadge key={`${flag.code}${flag.message}`} code={flag.code} blocking={flag.blocking} title={flag.message} />
      ))}
      {own.length > 3 ? <span className="num text-10 text-fg-3">+{own.length - 3}</span> : null}
    </span>
  )
}
