import { can, type Role } from '@/core/access'
import type { Home } from '@/server/queries/get-home'
import { countOf, formatCount, formatEffort } from './numbers'

export type NextStep = {
  readonly title: string
  readonly text: string
  readonly primary: { href: string; label: string } | null
  readonly secondary: { href: string; label: string } | null
  /** Whether the next sample is what this is about. */
  readonly showsSample: boolean
}

/** What this person should do now, and why. The first rule that fits wins, so that there is always one next act. */
export function nextStep(home: Home, base: string, role: Role): NextStep {
  const running = home.running.find((job) => job.kind === 'import')
  if (home.counts.samples === 0) {
    if (running !== undefined) {
      return step(
        'The import is running',
        'Samples appear here as soon as their rows are read. You can leave this page.',
        link(`${base}/import`, 'Watch the import'),
      )
    }
    return can(role, 'import.run')
      ? step(
          'Import drafts to review',
          'Drop videos and an annotation file in the VideoEspresso or Crema format. A dry run shows every problem before anything is written.',
          link(`${base}/import`, 'Import'),
        )
      : step('Nothing to review yet', 'A curator of this project has to import drafts first.', null)
  }
  if (home.counts.waiting === 0) return allDecided(home, base, role)
  if (!can(role, 'sample.decide')) {
    return step(
      `${countOf(home.counts.waiting, 'sample')} wait for review`,
      'As a viewer you can read every sample and its history.',
      link(`${base}/samples`, 'Look at the samples'),
    )
  }
  return review(home, base)
}

function review(home: Home, base: string): NextStep {
  const { waiting } = home.counts
  const title =
    home.blocked === 0
      ? `${countOf(waiting, 'sample')} wait${waiting === 1 ? 's' : ''} for review`
      : `${countOf(waiting, 'sample')} to review, ${formatCount(home.blocked)} with a blocking flag`
  const pace = home.ownSecondsPerSample
  const effort =
    pace === null ? null : `At your pace of ${formatEffort(pace)} a sample the queue takes about ${formatEffort(pace * waiting)}.`
  const first = home.next === null ? '' : `Among the first: “${home.next.question}”`
  return {
    ...step(
      title,
      [effort, first].filter(Boolean).join('\n'),
      link(`${base}/review`, 'Review by risk'),
      link(`${base}/review?order=import`, 'Review as imported'),
    ),
    showsSample: true,
  }
}

function allDecided(home: Home, base: string, role: Role): NextStep {
  const approved = (home.counts.states.approved ?? 0) + (home.counts.states.fixed ?? 0)
  const rejected = home.counts.states.rejected ?? 0
  const text = `${countOf(approved, 'sample')} approved, ${formatCount(home.counts.states.fixed ?? 0)} of them fixed by hand, ${formatCount(rejected)} rejected.`
  return step(
    'Everything is decided',
    text,
    can(role, 'export.run') && approved > 0 ? link(`${base}/exports`, `Export ${formatCount(approved)} approved`) : null,
    link(`${base}/samples`, 'Look at the samples'),
  )
}

function link(href: string, label: string): { href: string; label: string } {
  return { href, label }
}

function step(title: string, text: string, primary: NextStep['primary'], secondary: NextStep['secondary'] = null): NextStep {
  return { title, text, primary, secondary, showsSample: false }
}
