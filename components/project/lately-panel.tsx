import Link from 'next/link'
import { Avatar } from '@/components/ui/avatar'
import { ProgressBar } from '@/components/ui/progress-bar'
import type { Home } from '@/server/queries/get-home'
import { auditLine } from './audit-words'
import { formatAge, formatCount, formatEffort } from './numbers'
import { Panel } from './panel'

type LatelyPanelProps = {
  people: Home['people']
  isOwnOnly: boolean
  running: Home['running']
  lately: Home['lately']
  base: string
  nowMs: number
  className?: string
}

/** Right column: what runs now, who works today, what happened. */
export function LatelyPanel({ people, isOwnOnly, running, lately, base, nowMs, className }: LatelyPanelProps) {
  return (
    <Panel {...(className === undefined ? {} : { className })}>
      {running.length === 0 ? null : (
        <>
          <Heading title="Running now" />
          {running.map((job) => (
            <Job key={job.id} job={job} base={base} />
          ))}
          <Rule />
        </>
      )}
      <Heading title={isOwnOnly ? 'You' : 'People'} note="today" />
      {people.length === 0 ? <p className="px-4 pb-2 text-fg-3">No decisions yet today.</p> : null}
      {people.map((person) => (
        <div key={person.userId} className="flex h-8 items-center gap-2 px-4">
          <Avatar name={person.name} id={person.userId} />
          <span className="min-w-0 flex-1 truncate">{person.name}</span>
          <span className="num font-medium" title="Samples decided today">
            {formatCount(person.decided)}
          </span>
          <span className="num w-11 text-right text-fg-3" title="Median time between decisions">
            {person.secondsPerSample === null ? '–' : formatEffort(person.secondsPerSample)}
          </span>
        </div>
      ))}
      <Rule />
      <Heading title="Lately" />
      {lately.length === 0 ? <p className="px-4 pb-4 text-fg-3">Nothing has happened here yet.</p> : null}
      <ul className="pb-2">
        {lately.map((event) => {
          const { icon: Icon, text } = auditLine(event)
          return (
            <li key={event.id} className="flex h-(--h-row) items-center gap-2 px-4">
              <Icon size={14} strokeWidth={1.5} className="flex-none text-fg-3" aria-hidden />
              <span className="min-w-0 flex-1 truncate text-fg-2">{text}</span>
              <span className="num flex-none text-fg-3">{formatAge(nowMs - event.createdAt.getTime())}</span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

function Job({ job, base }: { job: Home['running'][number]; base: string }) {
  const share = job.rowsTotal === null || job.rowsTotal === 0 ? null : job.rowsDone / job.rowsTotal
  const name = job.kind === 'import' ? 'Import' : 'Export'
  return (
    <Link href={`${base}/${job.kind === 'import' ? 'import' : 'exports'}`} className="-outline-offset-2 block px-4 pb-3 hover:bg-hover">
      <span className="num flex h-6 items-center justify-between">
        <span className="font-medium">{name}</span>
        <span className="text-fg-3">
          {job.rowsTotal === null ? `${formatCount(job.rowsDone)} rows` : `${formatCount(job.rowsDone)} of ${formatCount(job.rowsTotal)}`}
        </span>
      </span>
      <ProgressBar value={share} label={name} />
    </Link>
  )
}

function Heading({ title, note }: { title: string; note?: string }) {
  return (
    <header className="flex h-10 flex-none items-center justify-between px-4">
      <h2 className="font-semibold text-13">{title}</h2>
      {note === undefined ? null : <span className="text-fg-3">{note}</span>}
    </header>
  )
}

function Rule() {
  return <div className="my-2 h-px flex-none bg-line" />
}
