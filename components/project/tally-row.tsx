import Link from 'next/link'
import type { Home } from '@/server/queries/get-home'
import { countOf, formatCount } from './numbers'

type TallyProps = { label: string; value: number; share: number; bar: string; left: string; right: string; href: string }

/** Five counts in the order samples pass through them, each leading to its list. */
export function TallyRow({ home, base }: { home: Home; base: string }) {
  const { samples, waiting, states } = home.counts
  const approved = (states.approved ?? 0) + (states.fixed ?? 0) + (states.released ?? 0)
  const fixed = states.fixed ?? 0
  const refused = (states.rejected ?? 0) + (states.sent_back ?? 0)
  const share = (n: number) => (samples === 0 ? 0 : n / samples)
  const percent = (n: number, of: number) => (of === 0 ? '' : `${Math.round((n / of) * 100)} %`)
  return (
    <section aria-label="Counts" className="col-span-full grid grid-cols-5 rounded-4 border border-line">
      <Tally
        label="Videos"
        value={home.videos.total}
        share={home.videos.total === 0 ? 0 : 1 - home.videos.failed / home.videos.total}
        bar="bg-fg-3"
        left={
          home.videos.failed > 0
            ? countOf(home.videos.failed, 'unreadable', 'unreadable')
            : home.videos.preparing > 0
              ? `${formatCount(home.videos.preparing)} being prepared`
              : 'all readable'
        }
        right={home.videos.failed > 0 ? 'see why' : ''}
        href={`${base}/videos`}
      />
      <Tally
        label="Samples"
        value={samples}
        share={samples === 0 ? 0 : 1}
        bar="bg-fg-3"
        left={`${formatCount(home.blocked)} blocked`}
        right="by flags"
        href={`${base}/samples`}
      />
      <Tally
        label="To review"
        value={waiting}
        share={share(waiting)}
        bar="bg-accent-fg"
        left={`${formatCount(states.in_review ?? 0)} open now`}
        right={percent(waiting, samples)}
        href={`${base}/samples?state=queued&state=in_review&state=needs_second`}
      />
      <Tally
        label="Approved"
        value={approved}
        share={share(approved)}
        bar="bg-v-accepted"
        left={`${formatCount(fixed)} fixed`}
        right={approved === 0 ? '' : `${percent(fixed, approved)} edited`}
        href={`${base}/samples?state=approved&state=fixed&state=released`}
      />
      <Tally
        label="Refused"
        value={refused}
        share={share(refused)}
        bar="bg-v-rejected"
        left={`${formatCount(states.rejected ?? 0)} rejected`}
        right={`${formatCount(states.sent_back ?? 0)} sent back`}
        href={`${base}/samples?state=rejected&state=sent_back`}
      />
    </section>
  )
}

function Tally({ label, value, share, bar, left, right, href }: TallyProps) {
  return (
    <Link
      href={href}
      className="-outline-offset-2 flex min-w-0 flex-col border-line border-l px-4 pt-3 pb-4 first:rounded-l-4 first:border-l-0 last:rounded-r-4 hover:bg-hover"
    >
      <span className="font-medium text-11 text-fg-3">{label}</span>
      <span className="num font-semibold text-24 tracking-[-0.02em]">{formatCount(value)}</span>
      <span className="mt-1 block h-1 w-full overflow-hidden rounded-full bg-track">
        <span className={`block h-full rounded-full ${bar}`} style={{ width: share > 0 ? `max(2px, ${share * 100}%)` : 0 }} />
      </span>
      <span className="num mt-3 flex justify-between gap-2 whitespace-nowrap text-fg-2">
        <span className="truncate">{left}</span>
        <span className="truncate text-fg-3">{right}</span>
      </span>
    </Link>
  )
}
