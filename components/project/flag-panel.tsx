import Link from 'next/link'
import { FlagBadge } from '@/components/ui/flag-badge'
import { FLAG_TITLES } from '@/core/flags'
import { defectCodeSchema } from '@/core/records'
import type { Home } from '@/server/queries/get-home'
import { formatCount } from './numbers'
import { Panel } from './panel'

/** A code is drawn as blocking when every sample that has it is blocked. */
export function FlagPanel({ flags, base }: { flags: Home['flags']; base: string }) {
  const most = Math.max(1, ...flags.map((flag) => flag.samples))
  return (
    <Panel title="Flags by code" tools={<span className="pr-1 text-fg-3">open samples</span>}>
      {flags.length === 0 ? (
        <p className="flex flex-1 items-center justify-center px-4 pb-8 text-center text-fg-3">No open sample has a flag.</p>
      ) : (
        <ul className="pb-3">
          {flags.map((flag) => {
            const isBlocking = flag.blocked === flag.samples
            const code = defectCodeSchema.safeParse(flag.code).data
            return (
              <li key={flag.code}>
                <Link
                  href={`${base}/samples?state=queued&state=in_review&state=needs_second&flag=${flag.code}`}
                  className="-outline-offset-2 grid h-[31px] grid-cols-[40px_minmax(96px,176px)_minmax(0,1fr)_48px] items-center gap-2 px-4 hover:bg-hover"
                >
                  <FlagBadge code={flag.code} blocking={isBlocking} className="justify-self-start" />
                  <span className="truncate text-fg-2">{code === undefined ? 'Flag of the source' : FLAG_TITLES[code]}</span>
                  <span className="h-2">
                    <span
                      className={`block h-2 rounded-[2px] opacity-75 ${isBlocking ? 'bg-bad' : 'bg-warn'}`}
                      style={{ width: `max(3px, ${(flag.samples / most) * 100}%)` }}
                    />
                  </span>
                  <span className="num text-right">{formatCount(flag.samples)}</span>
                </Link>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
