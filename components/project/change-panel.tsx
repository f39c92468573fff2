import clsx from 'clsx'
import type { ChangeKind, ChangeShare } from '@/server/queries/get-change-shares'
import { countOf } from './numbers'
import { Panel } from './panel'

const KIND_NAMES: Readonly<Record<ChangeKind, string>> = {
  question: 'Question',
  coreFrame: 'Core frames',
  object: 'Key objects',
  box: 'Boxes',
  step: 'Evidence',
  answer: 'Answer',
}

export function ChangePanel({ changes, className }: { changes: { samples: number; shares: readonly ChangeShare[] }; className?: string }) {
  return (
    <Panel
      title="What people change"
      note={changes.samples === 0 ? '' : `share of drafted records, last ${countOf(changes.samples, 'approved sample')}`}
      {...(className === undefined ? {} : { className })}
    >
      {changes.samples === 0 ? (
        <p className="px-4 pb-4 text-fg-3">
          Shown once the first samples are approved: which drafted records were kept, edited or taken out.
        </p>
      ) : (
        <ul className="grid grid-cols-2 gap-x-4 pb-3">
          {changes.shares.map((share) => (
            <Share key={share.kind} share={share} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Share({ share }: { share: ChangeShare }) {
  const percent = (n: number) => (share.drafted === 0 ? 0 : (n / share.drafted) * 100)
  const kept = 100 - percent(share.edited) - percent(share.removed)
  const parts = [
    { width: kept, className: 'bg-v-accepted' },
    { width: percent(share.edited), className: 'bg-v-edited' },
    { width: percent(share.removed), className: 'bg-v-rejected' },
  ]
  return (
    <li
      className="grid h-[30px] grid-cols-[88px_minmax(0,1fr)_40px] items-center gap-2 px-4"
      title={`${countOf(share.drafted, 'drafted record')}: ${share.edited} edited, ${share.removed} taken out`}
    >
      <span className="text-fg-2">{KIND_NAMES[share.kind]}</span>
      <span className="flex h-2 overflow-hidden rounded-[2px] bg-track">
        {parts.map((part) => (
          <span key={part.className} className={clsx('h-full', part.className)} style={{ width: `${part.width}%` }} />
        ))}
      </span>
      <span className="num text-right text-fg-3">{Math.round(100 - kept)} %</span>
    </li>
  )
}
